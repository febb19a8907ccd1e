import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { lint } from '#domain/lint/lint.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

const FILE = 'fleet/tidegate.yml';
const parsed = parseConfiguration(readFileSync(FILE, 'utf8'), {
  file: FILE,
  prefix: 'tidegate-dev',
});

test('the rules of the fleet are valid, one group for each path', () => {
  expect(parsed).toMatchObject({ ok: true });
  expect(parsed.ok && parsed.value.groups.map(({ name }) => name)).toEqual([
    'web',
    'api',
    'admin',
    'static',
  ]);
});

test('lint finds nothing in the rules of the fleet', () => {
  expect(parsed.ok && lint(parsed.value)).toEqual([]);
});
