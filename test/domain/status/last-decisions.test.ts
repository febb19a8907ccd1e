import { describe, expect, test } from '@jest/globals';
import { outcomeOfAction } from '#domain/ledger/outcome-of.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { lastChangeOf, lastErrorOf, openIncidentsIn } from '#domain/status/last-decisions.ts';
import { aCapacityDecision, aScaleHead, minutes, NOON } from '#test/support/builders.ts';

const recorded = (ago: number, change: Partial<RecordedDecision> = {}): RecordedDecision => ({
  id: `web-${100 - ago}`,
  group: 'web',
  at: NOON - minutes(ago),
  status: 'held',
  reason: 'Steady',
  summary: 'web stays at 4',
  ...change,
});

describe('the last change', () => {
  test('is none of a group that was never changed', () => {
    expect(lastChangeOf(aScaleHead(), [])).toBeUndefined();
  });

  test('is the newer one of both directions', () => {
    const head = aScaleHead({
      lastScaleOut: { at: NOON - minutes(9), from: 2, to: 4 },
      lastScaleIn: { at: NOON - minutes(3), from: 4, to: 3 },
    });

    expect(lastChangeOf(head, [])).toEqual({ at: NOON - minutes(3), from: 4, to: 3 });
  });

  test('does not take its sentence from a decision on targets that settled at the same moment', () => {
    const at = NOON - minutes(3);
    const head = aScaleHead({ lastScaleIn: { at, from: 4, to: 3 } });
    const other = recorded(3, { id: 'web-health-7', status: 'applied', settledAt: at });

    expect(lastChangeOf(head, [other])).not.toHaveProperty('summary');
  });
});

describe('the last error', () => {
  test('is the newest decision that was refused or needs a person', () => {
    const blocked = recorded(4, { reason: 'NotManaged', summary: 'web is not managed' });

    expect(lastErrorOf([recorded(1), blocked, recorded(9, { status: 'refused' })])).toEqual({
      at: NOON - minutes(4),
      id: 'web-96',
      reason: 'NotManaged',
      summary: 'web is not managed',
    });
    expect(lastErrorOf([recorded(1), recorded(2, { status: 'planned' })])).toBeUndefined();
  });

  test('says what AWS answered', () => {
    const answer = { kind: 'refused', reason: 'AccessDenied', detail: 'no' } as const;
    const outcome = outcomeOfAction(aCapacityDecision(), answer);

    expect(lastErrorOf([recorded(1, { status: 'refused', outcome })])).toMatchObject({
      reason: 'AccessDenied',
      summary: 'web 4 → 6: cpu-high. Not done: no',
    });
  });
});

describe('open incidents', () => {
  const blocked = (ago: number) => recorded(ago, { reason: 'NotManaged', summary: `since ${ago}` });

  test('begin with the first trouble after the last end', () => {
    const recent = [blocked(1), recorded(2, { reason: 'CoolingDown' }), blocked(3), recorded(4)];

    expect(openIncidentsIn([...recent, blocked(5)], {})).toEqual([
      { key: 'web/capacity', since: NOON - minutes(3), summary: 'since 1' },
    ]);
  });

  test('are none once a decision has closed them', () => {
    expect(openIncidentsIn([recorded(1), blocked(2)], {})).toEqual([]);
  });

  test('of targets are apart from those of capacity', () => {
    const sick = recorded(2, { id: 'web-health-3', reason: 'CommonCause' });

    expect(openIncidentsIn([recorded(1), sick], {})).toMatchObject([{ key: 'web/health' }]);
  });

  test('of a warm pool end when AWS takes it again, which the head knows', () => {
    const answer = { kind: 'refused', reason: 'PoolRefused', detail: 'no' } as const;
    const outcome = outcomeOfAction(aCapacityDecision({ to: 4 }), answer);
    const recent = [recorded(1), recorded(2, { status: 'refused', outcome })];
    const poolRefused = { at: NOON, refusals: 1, told: 'PoolRefused' };

    expect(openIncidentsIn(recent, { poolRefused })).toMatchObject([{ key: 'web/pool' }]);
    expect(openIncidentsIn(recent, {})).toEqual([]);
  });
});
