import { describe, expect, test } from '@jest/globals';
import { rehearsalOf } from '#domain/ledger/drill.ts';
import { aCapacityDecision } from '#test/support/builders.ts';

describe('the rehearsal of a decision', () => {
  test('has what would be told of it, as if AWS agreed', () => {
    const decision = aCapacityDecision({
      from: 4,
      to: 6,
      rule: 'cpu-high',
      bounds: { min: 2, max: 9 },
    });

    expect(rehearsalOf(decision)).toEqual({
      outcome: 'scaled',
      group: decision.group,
      autoScalingGroup: decision.autoScalingGroup,
      reason: decision.reason,
      summary: decision.summary,
      capacity: { from: 4, to: 6 },
      rule: 'cpu-high',
      bounds: { min: 2, max: 9 },
    });
  });

  test('has no capacity, rule or bounds where the decision has none', () => {
    const {
      rule: _rule,
      bounds: _bounds,
      ...decision
    } = aCapacityDecision({ from: 4, to: 4, reason: 'NoBandMet' });

    expect(rehearsalOf(decision)).toEqual({
      outcome: 'held',
      group: decision.group,
      autoScalingGroup: decision.autoScalingGroup,
      reason: 'NoBandMet',
      summary: decision.summary,
    });
  });
});
