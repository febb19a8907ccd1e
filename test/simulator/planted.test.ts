import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { BUGS } from '../../simulator/planted/bugs.ts';

const ROOT = join(import.meta.dirname, '../..');

test.each(BUGS)('the planted bug "$name" fits into the code at one place', ({ file, find }) => {
  expect(readFileSync(join(ROOT, file), 'utf8').split(find)).toHaveLength(2);
});

test('no two planted bugs have the same name', () => {
  expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length);
});
