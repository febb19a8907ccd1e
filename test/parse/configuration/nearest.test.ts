import { expect, test } from '@jest/globals';
import { nearest } from '#parse/configuration/nearest.ts';

test.each([
  ['cpuu', ['cpu', 'memory'], 'cpu'],
  ['CPU', ['cpu'], 'cpu'],
  ['whne', ['when', 'then'], 'when'],
  ['stat', ['period', 'statistic'], 'statistic'],
  ['minimum', ['min', 'max'], 'min'],
  ['behaviour', ['behavior'], 'behavior'],
  ['ab', ['abc', 'xyz'], 'abc'],
  ['ab', ['abcd'], undefined],
  ['xyz', ['cpu'], undefined],
  ['cpu', [], undefined],
  ['', ['a', 'ab'], 'a'],
])('%j among %j is %j', (word, candidates, found) => {
  expect(nearest(word, candidates)).toBe(found);
});

test('looks at the first two hundred candidates only', () => {
  const others = Array.from({ length: 200 }, (_, index) => `something-else-${index}`);

  expect(nearest('cpuu', [...others.slice(1), 'cpu'])).toBe('cpu');
  expect(nearest('cpuu', [...others, 'cpu'])).toBeUndefined();
});
