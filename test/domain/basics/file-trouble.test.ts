import { expect, test } from '@jest/globals';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';

test.each([
  [Object.assign(new Error('ENOENT: …'), { code: 'ENOENT' }), 'there is no such file'],
  [{ code: 'EEXIST' }, 'it is a file, not a directory'],
  [Object.assign(new Error('odd'), { code: 'EODD' }), 'Error: odd'],
  [new Error('no code'), 'Error: no code'],
  [null, 'null'],
  ['thrown', 'thrown'],
])('%p is told as "%s"', (error, words) => {
  expect(describeFileTrouble(error)).toBe(words);
});
