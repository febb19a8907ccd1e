import { describe, expect, test } from '@jest/globals';
import { decideHealth } from '#domain/health/decide-health.ts';
import type { HealthDecision, TraceLine } from '#domain/ledger/decision.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import { applied, type Outcome } from '#domain/ledger/outcome.ts';
import { outcomeOfAction, outcomeOfHold } from '#domain/ledger/outcome-of.ts';
import { MOST_UNTOLD, withMoreUntold, withUntold } from '#domain/ledger/untold.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { aCapacityDecision, aHealthObservation, aScaleHead } from '#test/support/builders.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const numbered = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('an outcome', () => {
  const wish = (rule: string): TraceLine => ({
    stage: 'rule',
    verdict: 'recommend',
    reason: 'ScaledOut',
    detail: 'so',
    subject: rule,
    capacity: 6,
  });

  test('tells what fifty rules asked for, the one that was followed among them', () => {
    const trace = numbered(60, (index) => wish(`r${index}`));
    const wishes = (rule: string) =>
      outcomeOfHold(aCapacityDecision({ trace, rule })).wishes?.map((each) => each.rule);

    expect(wishes('r3')).toHaveLength(50);
    expect(wishes('r55')).toEqual([...numbered(50, (index) => `r${index}`), 'r55']);
  });

  test('has a sentence of two thousand characters at most, whatever AWS answered', () => {
    const detail = 'y'.repeat(5_000);
    const { summary } = outcomeOfAction(aCapacityDecision(), {
      kind: 'refused',
      reason: 'AccessDenied',
      detail,
    });
    expect(summary).toHaveLength(2_000);
    expect(summary.endsWith('y…')).toBe(true);
  });

  test('says how many before it could not be told', () => {
    const fields = (outcome: Outcome) => describeNews(outcome).fields;
    expect(fields(anOutcome({ droppedBefore: 12 }))).toContainEqual({
      name: 'Not told',
      value: '12 earlier outcomes of the group; the ledger has them',
    });
    expect(fields(anOutcome()).map(({ name }) => name)).not.toContain('Not told');
  });
});

describe('what could not be published', () => {
  const outcomes = (count: number, kind: Outcome['kind'] = 'scaled') =>
    numbered(count, (index) => anOutcome({ decisionId: `web-${index}`, kind }));
  const idsOf = (untold: readonly Outcome[]) => untold.map(({ decisionId }) => decisionId);

  test('is kept as it is while it is few', () => {
    expect(withMoreUntold(aScaleHead(), outcomes(MOST_UNTOLD))).toEqual(
      aScaleHead({ untold: outcomes(MOST_UNTOLD) }),
    );
  });

  test('is the newest few, and a count of the others', () => {
    const head = withMoreUntold(aScaleHead({ droppedOutcomes: 5 }), outcomes(13));
    expect(idsOf(head.untold)).toEqual(numbered(10, (index) => `web-${index + 3}`));
    expect(head.droppedOutcomes).toBe(8);
  });

  test('keeps what needs a person longer than what is routine', () => {
    const [first, ...rest] = outcomes(11);
    const trouble = { ...(first as Outcome), kind: 'blocked' } as const;
    expect(idsOf(withMoreUntold(aScaleHead(), [trouble, ...rest]).untold)).toEqual([
      'web-0',
      ...numbered(9, (index) => `web-${index + 2}`),
    ]);
    expect(idsOf(withMoreUntold(aScaleHead(), outcomes(12, 'failed')).untold)).toEqual(
      numbered(10, (index) => `web-${index + 2}`),
    );
  });

  test('forgets the count once it was told', () => {
    const head = aScaleHead({ droppedOutcomes: 5, untold: outcomes(1) });
    expect(withUntold(head, { untold: [] })).toEqual(aScaleHead());
  });

  test('is bounded for healing in the same way', () => {
    const decision: HealthDecision = decideHealth(aHealthObservation({ 'i-1': 200 }));
    const head = withMoreUntold(
      newHealHead,
      numbered(11, () => outcomeOfAction(decision, applied)),
    );
    expect(head).toMatchObject({ droppedOutcomes: 1 });
  });
});
