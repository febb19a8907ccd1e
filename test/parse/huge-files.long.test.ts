import { expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { problemsIn } from './configuration/problems-in.ts';

test.each(['}', ']', '"', '{}', '*a', '%'])(
  'a text of nothing but %s on thousands of lines is refused at once, by its first lines',
  (line) => {
    const started = performance.now();
    const { length } = problemsIn(`${line}\n`.repeat(40_000));
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThanOrEqual(20);
    expect(performance.now() - started).toBeLessThan(20_000);
  },
);

test.each([
  ['brackets', '['.repeat(200_000)],
  ['lists', '- '.repeat(100_000)],
  ['mappings', '{a: '.repeat(60_000)],
  ['indentation', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('deep %s are refused', (_, text) => {
  expect(parseConfiguration(text, { file: 'f', prefix: 'p' })).toMatchObject({
    problem: [{ code: 'too-large', message: 'the file has more than 32 levels of nesting' }],
  });
});
