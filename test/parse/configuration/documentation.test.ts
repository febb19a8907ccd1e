import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { NEWS_KINDS } from '#domain/configuration/configuration.ts';
import { configurationJsonSchema } from '#parse/configuration/schema/configuration-schema.ts';
import { PRESET_NAMES } from '#parse/configuration/schema/preset-schemas.ts';
import { linesOf } from './problems-in.ts';

const TEXT = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');

/** The names of all properties in a JSON Schema. */
const keysIn = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) =>
        key === 'properties'
          ? [...Object.keys(child), ...Object.values(child).flatMap(keysIn)]
          : keysIn(child),
      )
    : [];

test('the first example of the reference is valid', () => {
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(TEXT) ?? [];
  expect(example).toContain('version: 1');
  expect(linesOf(example)).toEqual([]);
});

test.each(NEWS_KINDS)('the reference has a row for %s', (name) => {
  expect(TEXT).toContain(`| \`${name}\` |`);
});

test.each(['Preset | Needs', 'Preset | CloudWatch metric'])(
  'the table with the columns %s has a row for each preset, in the order of the schema',
  (columns) => {
    const [, table = ''] = TEXT.split(`| ${columns} |`, 2);
    const [rows = ''] = table.split('\n\n', 1);

    expect([...rows.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name)).toEqual(PRESET_NAMES);
  },
);

test('the reference names every key', () => {
  const keys = [...new Set(keysIn(configurationJsonSchema()))];
  const missing = keys.filter((key) => !new RegExp(`[\`.]${key}[\`:.]`).test(TEXT));

  expect(keys.length).toBeGreaterThan(30);
  expect(missing).toEqual([]);
});

test.each([
  { what: 'finding of lint', path: 'shared/domain/lint/finding.ts', heading: 'Lint' },
  { what: 'error', path: 'shared/parse/configuration/fault.ts', heading: 'Errors' },
])('the reference has a row for each $what, and no other', ({ path, heading }) => {
  const codes = [...readFileSync(path, 'utf8').matchAll(/^ {2}\| '([a-z-]+)'/gm)];
  const [, section = ''] = new RegExp(`\n## ${heading}\n([\\s\\S]*?)(?:\n## |$)`).exec(TEXT) ?? [];
  const rows = [...section.matchAll(/^\| `([a-z-]+)`/gm)];

  expect(rows).toHaveLength(codes.length);
  expect(new Set(rows.map(([, code]) => code))).toEqual(new Set(codes.map(([, code]) => code)));
});
