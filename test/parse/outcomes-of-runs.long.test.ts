import { expect, test } from '@jest/globals';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { OUTCOME_TOPIC } from '#simulator/cloud.ts';
import { FAULT_IDS } from '#simulator/faults/catalogue.ts';
import { runSeed } from '#simulator/run/run-seed.ts';
import { problemsOf } from './problems-of-outcome.ts';

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
