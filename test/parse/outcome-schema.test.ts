import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { OUTCOME_KINDS } from '#domain/ledger/outcome.ts';
import { outcomeJsonSchema, outcomeSchema } from '#parse/outcome-schema.ts';
import { eventNames, readEvent } from '#test/support/events.ts';
import { anOutcome } from '#test/support/notify-world.ts';
import { problemsOf } from './problems-of-outcome.ts';

const SCHEMAS = join(import.meta.dirname, '../../events/schemas');

describe('the JSON Schemas of outcomes', () => {
  test.each(OUTCOME_KINDS)(
    'of %s is in events/schemas; if it is not current, run: npm run schema:outcomes',
    (kind) => {
      const file = readFileSync(join(SCHEMAS, `outcome-${kind}.json`), 'utf8');
      expect(JSON.parse(file)).toEqual(outcomeJsonSchema(kind));
    },
  );

  test.each(eventNames().filter((name) => name.startsWith('outcome-')))('fits %s', (name) => {
    expect(problemsOf(JSON.parse(readEvent(name)))).toEqual([]);
  });

  test('bear fields that they do not know, in JSON Schema as in a reader', () => {
    expect(outcomeJsonSchema('held')).not.toHaveProperty('additionalProperties', false);
    expect(outcomeSchema('scaled').safeParse({ ...anOutcome(), more: 1 }).success).toBe(true);
  });

  test.each([
    [{ kind: 'held' as const }, 'kind'],
    [{ at: -1 }, 'at'],
    [{ decisionId: '' }, 'decisionId'],
    [{ capacity: undefined }, 'capacity'],
    [{ targets: [7] as never }, 'targets'],
  ])('refuse %j', (change, path) => {
    const { error } = outcomeSchema('scaled').safeParse({ ...anOutcome(), ...change });
    expect(error?.issues[0]?.path[0]).toBe(path);
  });
});
