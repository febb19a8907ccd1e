import { expect, test } from '@jest/globals';
import { sourceOf } from '#infrastructure/source-of.ts';

test('a file is known by its text, whatever white space is at its end', () => {
  const source = sourceOf('version: 1\n');

  expect(source).toEqual({ hash: expect.stringMatching(/^[0-9a-f]{16}$/), text: 'version: 1' });
  expect(sourceOf('version: 1')).toEqual(source);
  expect(sourceOf('version: 1 # a comment is part of it').hash).not.toBe(source.hash);
});
