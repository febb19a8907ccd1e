import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const path = [...read('docs/architecture.md').matchAll(/^\d+\. \[(\S+)\]\(\.\.\/(\S+)\)/gm)].map(
  ([, name = '', target]) => ({ name, target }),
);

describe('the alarm path', () => {
  test('is named file by file, from the entry to the effect', () => {
    expect(path[0]?.name).toBe('functions/scale/handler.ts');
    expect(path.at(-1)?.name).toBe('shared/aws/auto-scaling/set-capacity.ts');
    expect(path.filter(({ name, target }) => name !== target)).toEqual([]);
  });

  test('is a path: each file after the first is imported by one before it', () => {
    const imports = (name: string): string =>
      read(name)
        .split('\n')
        .filter((line) => / from '/.test(line))
        .join('\n');
    const orphans = path
      .slice(1)
      .filter(
        ({ name }, index) =>
          !path
            .slice(0, index + 1)
            .some((before) => imports(before.name).includes(`/${name.split('/').at(-1)}'`)),
      );

    expect(orphans).toEqual([]);
  });
});
