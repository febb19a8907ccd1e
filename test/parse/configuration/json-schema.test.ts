import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { configurationJsonSchema } from '#parse/configuration/schema/configuration-schema.ts';

const schema = configurationJsonSchema();

/** Every value in a JSON document, with its path. */
const valuesIn = (value: unknown, path = ''): [string, unknown][] => [
  [path, value],
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => valuesIn(child, `${path}/${key}`))
    : []),
];

describe('the JSON Schema', () => {
  test('in the repository is current; if it is not, run: npm run schema', () => {
    const file = new URL('../../../tidegate.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(schema);
  });

  test('is draft 7 and asks for a version, and for groups or fleets', () => {
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      $id: 'urn:tidegate:configuration:1',
      type: 'object',
      required: ['version'],
      anyOf: [{ required: ['groups'] }, { required: ['fleets'] }],
      additionalProperties: false,
    });
  });

  test('has patterns that the engines of editors understand, and that match their own examples', () => {
    const withPattern = valuesIn(schema).flatMap(([path, value]) => {
      const { pattern, examples = [] } = (value ?? {}) as {
        pattern?: unknown;
        examples?: string[];
      };
      return typeof pattern === 'string' ? [{ path, pattern, examples }] : [];
    });

    expect(withPattern.length).toBeGreaterThan(20);
    for (const { path, pattern, examples } of withPattern) {
      for (const flags of ['', 'u']) {
        const unmatched = examples.filter((example) => !new RegExp(pattern, flags).test(example));
        expect({ path, flags, unmatched }).toEqual({ path, flags, unmatched: [] });
      }
    }
  });

  test('describes every key that people write', () => {
    const keys = valuesIn(schema).filter(([path]) => /\/properties\/[^/]+$/.test(path));
    const described = keys.filter(([, value]) => (value as { description?: string }).description);

    expect(keys.length).toBeGreaterThan(40);
    expect(described).toEqual(keys);
  });
});
