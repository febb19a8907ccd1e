import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { writeTree } from '#infrastructure/package/write-tree.ts';

const root = mkdtempSync(join(tmpdir(), 'tidegate-tree-'));
afterAll(() => rmSync(root, { recursive: true }));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(root, 'dist-'));
});

const filesIn = (): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();

describe('a folder that is made to hold a tree', () => {
  test('holds each file, and no file that the tree lacks', () => {
    mkdirSync(join(folder, 'parts'));
    writeFileSync(join(folder, 'parts/old.mjs'), 'of the build before');
    writeFileSync(join(folder, 'page.js'), 'of the build before');

    writeTree(
      folder,
      new Map<string, string | Uint8Array>([
        ['page.js', 'new'],
        ['functions/scale.cjs', Uint8Array.of(1, 2)],
      ]),
    );

    expect(filesIn()).toEqual(['functions/scale.cjs', 'page.js']);
    expect(readFileSync(join(folder, 'page.js'), 'utf8')).toBe('new');
    expect([...readFileSync(join(folder, 'functions/scale.cjs'))]).toEqual([1, 2]);
  });

  test('is not touched where it holds the tree already', () => {
    const tree = new Map([['a/b.txt', 'same']]);
    writeTree(folder, tree);
    const { ino, mtimeMs } = statSync(join(folder, 'a/b.txt'));

    writeTree(folder, tree);

    expect(statSync(join(folder, 'a/b.txt'))).toMatchObject({ ino, mtimeMs });
  });

  test('gets another file in the place of the one before, which whoever reads it goes on reading', () => {
    writeTree(folder, new Map([['a.txt', 'before']]));
    const { ino } = statSync(join(folder, 'a.txt'));

    writeTree(folder, new Map([['a.txt', 'after']]));

    expect(statSync(join(folder, 'a.txt')).ino).not.toBe(ino);
  });
});
