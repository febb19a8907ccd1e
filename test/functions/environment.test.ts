import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { FUNCTION_NAMES } from '#infrastructure/functions.ts';
import { ENVIRONMENT } from '#test/bench/environment.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The names of variables that a handler asks for when it is imported. */
const namesIn = (handler: string): readonly string[] => {
  const [, list = ''] = /readEnvironment\(process\.env, \[([^\]]*)\]/.exec(handler) ?? [];
  return [...list.matchAll(/'([A-Z_]+)'/g)].map(([, name = '']) => name);
};

test.each(FUNCTION_NAMES)('the benchmark of %s gives it all that it reads', (name) => {
  const names = namesIn(readFileSync(join(ROOT, `functions/${name}/handler.ts`), 'utf8'));

  expect(names).toContain('TABLE_NAME');
  expect(Object.keys(ENVIRONMENT)).toEqual(expect.arrayContaining([...names]));
});
