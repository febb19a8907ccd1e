import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { describeProblem } from '#parse/configuration/describe-problem.ts';
import { problemsIn } from './problems-in.ts';

const FOLDER = new URL('./broken/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, FOLDER), 'utf8');

const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.yml'));

test('there are broken files to try', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(8);
});

test.each(FILES)('%s is explained as written beside it', (name) => {
  const explained = problemsIn(read(name)).map((problem) => `${describeProblem(problem)}\n`);

  expect(explained.join('\n')).toBe(read(name.replace(/\.yml$/, '.txt')));
});

test('a secret in the file is never repeated, not even from a comment beside the mistake', () => {
  expect(read('secret.yml')).toContain('canary');
  expect(JSON.stringify(problemsIn(read('secret.yml')))).not.toContain('canary');
});
