import { describe, expect, test } from '@jest/globals';
import { keyOfDecision } from '#domain/ledger/decision-key.ts';
import { anOutcome } from '#test/support/notify-world.ts';

describe('an outcome tells of a decision', () => {
  test.each(['web-17', 'web-health-3'])('that the ledger keeps: %s', (decisionId) => {
    const { at, group } = anOutcome({});
    expect(keyOfDecision(anOutcome({ decisionId }))).toEqual({
      pk: `GROUP#${group}`,
      sk: `DECISION#${new Date(at).toISOString()}#${decisionId}`,
    });
  });

  test.each(['web-stuck-3', 'web-unstuck-4', 'web-3-pool', 'web-foreign-3', 'shop-3', 'web-'])(
    'or of none: %s',
    (decisionId) => {
      expect(keyOfDecision(anOutcome({ kind: 'blocked', decisionId }))).toBeUndefined();
    },
  );

  test('or of none, because nothing was decided', () => {
    expect(keyOfDecision(anOutcome({ kind: 'override', decisionId: 'web-17' }))).toBeUndefined();
  });
});
