import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { PAGES, type Page } from './pages.ts';

/** Pages whose tables have longer cells: they are written by a command, or held to the code word for word. */
const DENSE: readonly string[] = ['docs/simulator.md'];

/** The anchors that a page offers: its headings, as GitHub names them. */
const anchorsIn = (text: string): ReadonlySet<string> => {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  const seen = new Map<string, number>();
  const anchors = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set(anchors);
};

/** Links of a page that lead to a heading which is not there. */
const deadAnchorsIn = ({ path, text }: Page): readonly string[] =>
  [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s#]*)#([^)\s]+)\)/g)]
    .filter(([, file = '', anchor = '']) => {
      const target = file === '' ? text : readFileSync(join(dirname(path), file), 'utf8');
      return (file === '' || file.endsWith('.md')) && !anchorsIn(target).has(anchor);
    })
    .map(([link]) => link.slice(2, -1));

describe('links to headings', () => {
  test.each(PAGES)('of $path lead somewhere', (page) => {
    expect(deadAnchorsIn(page)).toEqual([]);
  });

  test('one that leads nowhere is found', () => {
    const text = '# Page\n## `a`, B & c\n[here](#a-b--c) [gone](#b) [away](#page)\n';

    expect(deadAnchorsIn({ path: 'docs/page.md', text })).toEqual(['#b']);
  });
});

describe('tables', () => {
  const MOST_WORDS = 40;

  /** Cells that nobody reads to their end. */
  const longCellsIn = ({ text }: Pick<Page, 'text'>): readonly string[] =>
    text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .flatMap((line) => line.split(/(?<!\\)\|/))
      .filter((cell) => cell.trim().split(/\s+/).length > MOST_WORDS);

  test.each(PAGES.filter(({ path }) => !DENSE.includes(path)))(
    'of $path have short cells',
    (page) => {
      expect(longCellsIn(page)).toEqual([]);
    },
  );

  test('a long cell is found', () => {
    expect(longCellsIn({ text: `| a | ${'word '.repeat(41)} |\n` })).toHaveLength(1);
    expect(longCellsIn({ text: `| a | ${'word '.repeat(40)} |\n` })).toEqual([]);
  });
});
