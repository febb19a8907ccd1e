import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { OUTCOME_KINDS, type Outcome } from '#domain/ledger/outcome.ts';
import { outcomeJsonSchema, outcomeSchema } from '#parse/outcome-schema.ts';
import { OUTCOME_TOPIC } from '#simulator/cloud.ts';
import { FAULT_IDS } from '#simulator/faults/catalogue.ts';
import { runSeed } from '#simulator/run/run-seed.ts';
import { eventNames, readEvent } from '#test/support/events.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const SCHEMAS = join(import.meta.dirname, '../../events/schemas');

/** Problems of an outcome with the schema of its kind, which here bears no field that it does not know. */
const problemsOf = (outcome: Outcome) =>
  outcomeSchema(outcome.kind).strict().safeParse(outcome).error?.issues ?? [];

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

test('what is published in runs with every fault fits the schema of its kind, and no field is forgotten', async () => {
  const published: Outcome[] = [];
  for (const seed of [1, 2]) {
    await runSeed({
      seed,
      kinds: FAULT_IDS,
      listen: (event) => {
        if (event.kind !== 'published' || event.topic !== OUTCOME_TOPIC) return;
        const content = JSON.parse(event.message);
        if ('decisionId' in content) published.push(content);
      },
    });
  }

  expect(new Set(published.map(({ kind }) => kind)).size).toBeGreaterThan(4);
  expect(published.flatMap(problemsOf)).toEqual([]);
}, 60_000);
