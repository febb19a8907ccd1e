import { readdirSync, readFileSync } from 'node:fs';

/** A page that people read, with its path from the root of the repository. */
export type Page = Readonly<{ path: string; text: string }>;

/** A fenced block of a page. */
export type Block = Readonly<{ path: string; line: number; language: string; text: string }>;

const paths = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
].sort();

/** The pages at the root and below `docs`. */
export const PAGES: readonly Page[] = paths.map((path) => ({
  path,
  text: readFileSync(path, 'utf8'),
}));

/** Finds the fenced blocks of a page, in their order. */
export const blocksIn = ({ path, text }: Page): readonly Block[] =>
  [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^ *```/gm)].map(
    ({ index, 1: indent = '', 2: language = '', 3: body = '' }) => ({
      path,
      line: text.slice(0, index).split('\n').length,
      language,
      text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );

/** Finds the commands of a page: in blocks for a shell, continued lines as one, and in code within a sentence. */
export const commandsIn = (page: Page): readonly string[] => [
  ...blocksIn(page)
    .filter(({ language }) => language === 'sh' || language === '')
    .flatMap(({ text }) => text.replaceAll('\\\n', ' ').split('\n'))
    .flatMap((line) => line.split(/\$\(|\||&&|^ *\$ /))
    .map((line) => line.replace(/(?:^|\s)#\s.*$/, '').trim()),
  ...[...page.text.matchAll(/`((?:npx|npm|aws) [^`|\n]+)[^`\n]*`/g)].map(([, command = '']) =>
    command.trim(),
  ),
];
