import { describe, expect, test } from '@jest/globals';
import { backoffSeconds } from '#domain/ledger/backoff.ts';
import { type HealHead, newHealHead, newScaleHead, type ScaleHead } from '#domain/ledger/head.ts';
import { withPastTimes } from '#domain/ledger/past-times.ts';
import { aCapacityDecision, minutes, NOON, seconds } from '#test/support/builders.ts';

const DAY = minutes(1_440);

const scaleHead = (at: number): ScaleHead => ({
  ...newScaleHead,
  version: 3,
  inFlight: { decision: aCapacityDecision({ at: NOON + DAY }), claimedAt: at },
  lastScaleOut: { at, from: 2, to: 4 },
  lastScaleIn: { at, from: 4, to: 2 },
  changes: [
    { at: NOON - DAY, from: 4, to: 2 },
    { at, from: 2, to: 4 },
  ],
  wishes: [{ at, capacity: 3 }],
  foreign: { at, from: 4, to: 5 },
  missingSince: at,
  pendingSince: { 'i-1': NOON - DAY, 'i-2': at },
  stuckTold: at,
  prepared: [{ at, capacity: 6 }],
  lastPool: { at, from: 5, to: 6 },
  poolRefused: { at, refusals: 1 },
  delays: { cpu: { absentAt: 5, thereAt: 9, lateAt: at }, requests: { absentAt: 0, thereAt: 60 } },
  standby: {
    of: 'eu-west-1/web',
    whole: 10,
    impaired: { since: at, at, looks: 3 },
    raised: { since: at, wellSeconds: 60, wellAt: at },
  },
  flapping: { at, isOut: true, reversals: [NOON - DAY, at], since: at },
});

const probation = { targetGroupArn: 'arn', targetId: 'i-1', port: 80, seconds: 600 };
const healHead = (at: number): HealHead => ({
  ...newHealHead,
  version: 3,
  sightings: { old: NOON - DAY, new: at },
  removals: [NOON - DAY, at],
  waitingSince: at,
  probations: { out: { ...probation, until: at + seconds(600), returnedAt: at } },
  quarantined: { instanceId: 'i-2', since: at, until: at + minutes(60) },
});

describe('times of a head that lie ahead', () => {
  test.each([
    { title: 'of scaling', of: scaleHead },
    { title: 'of healing', of: healHead },
  ])('$title are moved back to now, and stored so', ({ of }) => {
    expect(withPastTimes<ScaleHead | HealHead>(of(NOON + DAY), NOON)).toEqual({
      head: of(NOON),
      isRepaired: true,
    });
  });

  test.each([
    { ahead: 0, isRepaired: false, at: NOON },
    { ahead: 1, isRepaired: false, at: NOON },
    { ahead: minutes(1), isRepaired: false, at: NOON },
    { ahead: minutes(1) + 1, isRepaired: true, at: NOON },
  ])('by $ahead ms are worth a write: $isRepaired', ({ ahead, isRepaired, at }) => {
    expect(withPastTimes(scaleHead(NOON + ahead), NOON)).toEqual({
      head: scaleHead(at),
      isRepaired,
    });
    expect(withPastTimes(healHead(NOON + ahead), NOON)).toEqual({ head: healHead(at), isRepaired });
  });

  test('are no ends that were put off on purpose', () => {
    const putOff = { ...probation, refusals: 3, until: NOON + seconds(backoffSeconds(2)) };
    const head = { ...newHealHead, probations: { out: putOff } };

    expect(withPastTimes(head, NOON).head).toBe(head);
    expect(withPastTimes(head, NOON - 1).head).not.toBe(head);
  });

  test('are all that is touched: a head of the past is the same one', () => {
    const [scale, heal] = [scaleHead(NOON), healHead(NOON)];

    expect(withPastTimes(scale, NOON).head).toBe(scale);
    expect(withPastTimes(heal, NOON).head).toBe(heal);
    expect(withPastTimes(newScaleHead, NOON).head).toBe(newScaleHead);
    expect(withPastTimes(newHealHead, NOON).head).toBe(newHealHead);
  });

  test('are repaired one by one, where there is but one', () => {
    const only = { ...newScaleHead, missingSince: NOON + DAY };
    expect(withPastTimes(only, NOON).head).toEqual({ ...newScaleHead, missingSince: NOON });
    const flapping = { at: NOON + DAY, isOut: true, reversals: [] };
    expect(withPastTimes({ ...newScaleHead, flapping }, NOON).head.flapping?.at).toBe(NOON);
    const out = { ...probation, until: NOON + DAY };
    const { head } = withPastTimes({ ...newHealHead, probations: { out } }, NOON);
    expect(head.probations.out).toEqual({ ...probation, until: NOON + seconds(600) });
  });
});

test('a period that was missed ahead of now is forgotten, and one of before is not', () => {
  const missed = (at: number) => ({ absentAt: 5, thereAt: 9, missed: { at, age: 12 } });
  const head = { ...newScaleHead, stuckTold: NOON + DAY };
  const delays = { cpu: missed(NOON + 1), requests: missed(NOON) };
  expect(withPastTimes({ ...head, delays }, NOON).head.delays).toEqual({
    cpu: { absentAt: 5, thereAt: 9 },
    requests: missed(NOON),
  });
});
