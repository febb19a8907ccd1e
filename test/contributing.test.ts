import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

const PAGE = readFileSync('CONTRIBUTING.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The files and folders that a page names in code; `NAME` and `SERVICE` stand for what is to be added. */
const pathsIn = (page: string): readonly string[] =>
  [...page.matchAll(/`((?:[\w.-]+\/)+[\w.*-]*)`/g)].map(([, path = '']) => path);

/** True if the path is there, or the folder in which the file to be added will lie. */
const isThere = (path: string): boolean => {
  const [start = ''] = path.split(/(?<=\/)(?:NAME|SERVICE|\*)/);
  return existsSync(start);
};

describe('CONTRIBUTING.md', () => {
  test.each([
    { path: 'shared/parse/rules/NAME.ts', there: true },
    { path: 'shared/parse/rules.ts', there: false },
    { path: 'shared/wishes/NAME.ts', there: false },
  ])('$path is a place in the repository: $there', ({ path, there }) => {
    expect(isThere(path)).toBe(there);
  });

  test('names no file and no folder that is not there', () => {
    const paths = pathsIn(PAGE);

    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });

  test('names no command that package.json does not have', () => {
    const commands = [...PAGE.matchAll(/`npm run ([\w:]+)/g)].map(([, name = '']) => name);

    expect(commands.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});
