import { describe, expect, test } from '@jest/globals';
import { faultOfHead, faultOfOverride } from '#domain/ledger/check-stored.ts';
import { type HealHead, newHealHead, newScaleHead, type ScaleHead } from '#domain/ledger/head.ts';
import type { Override } from '#domain/ledger/override.ts';
import { aCapacityDecision, anOverride, NOON } from '#test/support/builders.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const change = { at: NOON, from: 2, to: 4 };
const registration = { targetGroupArn: 'arn', targetId: 'i-1', port: 80 };

const scaleHead: ScaleHead = {
  ...newScaleHead,
  version: 7,
  inFlight: { decision: aCapacityDecision(), claimedAt: NOON },
  last: { id: 'web-6', signature: 'Steady' },
  untold: [anOutcome()],
  lastScaleOut: change,
  lastScaleIn: change,
  changes: [change],
  wishes: [{ at: NOON, capacity: 3 }],
  expected: 4,
  foreign: change,
  flapping: { at: NOON, isOut: true, reversals: [NOON] },
  announced: { override: anOverride(), isEnding: false },
  missingSince: NOON,
  pendingSince: { 'i-1': NOON },
  stuckTold: NOON,
  prepared: [{ at: NOON, capacity: 6 }],
  lastPool: { at: NOON, to: 6 },
  poolRefused: { at: NOON, refusals: 1 },
  delays: { cpu: { absentAt: 5, thereAt: 9, missed: { at: NOON, age: 12 }, lateAt: NOON } },
  standby: {
    of: 'eu-west-1/web',
    whole: 10,
    impaired: { since: NOON, at: NOON, looks: 3 },
    raised: { since: NOON, wellSeconds: 60, wellAt: NOON },
  },
  openAlarms: ['cpu'],
  heardAlarms: ['cpu'],
};

const healHead: HealHead = {
  ...newHealHead,
  version: 7,
  sightings: { 'arn i-1:80': NOON },
  removals: [NOON],
  waitingSince: NOON,
  probations: { 'arn i-1:80': { ...registration, seconds: 60, until: NOON, returnedAt: NOON } },
  quarantined: { instanceId: 'i-2', since: NOON, until: NOON },
};

describe('a head of the table', () => {
  test.each([
    { title: 'a new one', lane: 'scale' as const, head: newScaleHead },
    { title: 'one with everything', lane: 'scale' as const, head: scaleHead },
    { title: 'a new one of healing', lane: 'heal' as const, head: newHealHead },
    { title: 'one of healing with everything', lane: 'heal' as const, head: healHead },
    { title: 'one of an older version', lane: 'scale' as const, head: { version: 1, untold: [] } },
    { title: 'one of a newer version', lane: 'heal' as const, head: { ...healHead, more: [{}] } },
  ])('is believed when it is $title', ({ lane, head }) => {
    expect(faultOfHead(lane, JSON.parse(JSON.stringify(head)))).toBeUndefined();
  });

  test.each<Readonly<{ lane: 'scale' | 'heal'; head: unknown; fault: string }>>([
    { lane: 'scale', head: undefined, fault: 'head is no object' },
    { lane: 'scale', head: [], fault: 'head is no object' },
    { lane: 'scale', head: null, fault: 'head is no object' },
    { lane: 'heal', head: 'text', fault: 'head is no object' },
    { lane: 'scale', head: { ...scaleHead, version: '7' }, fault: 'head.version is no number' },
    { lane: 'heal', head: { ...healHead, version: null }, fault: 'head.version is no number' },
    { lane: 'scale', head: { version: 1 }, fault: 'head.untold is no list' },
    {
      lane: 'scale',
      head: { ...scaleHead, changes: [change, { ...change, to: 'x' }] },
      fault: 'head.changes[1].to is no number',
    },
    {
      lane: 'scale',
      head: { ...scaleHead, openAlarms: [1] },
      fault: 'head.openAlarms[0] is no text',
    },
    {
      lane: 'scale',
      head: { ...scaleHead, inFlight: { claimedAt: NOON } },
      fault: 'head.inFlight.decision is no object',
    },
    {
      lane: 'heal',
      head: { ...healHead, sightings: { a: 'b' } },
      fault: 'head.sightings["a"] is no number',
    },
    { lane: 'heal', head: { ...healHead, sightings: [] }, fault: 'head.sightings is no object' },
    {
      lane: 'heal',
      head: { ...healHead, quarantined: { instanceId: 'i' } },
      fault: 'head.quarantined.since is no number',
    },
  ])('is not believed when $fault', ({ lane, head, fault }) => {
    expect(faultOfHead(lane, head)).toBe(fault);
  });
});

describe('an override of the table', () => {
  const pause = anOverride();
  const cap = { ...pause, kind: 'cap', capacity: 4 } as Override;

  test.each([pause, cap, { ...pause, ended: { by: 'ann', at: NOON } }])(
    'is believed',
    (override) => {
      expect(faultOfOverride(override)).toBeUndefined();
    },
  );

  test.each<Readonly<{ override: unknown; fault: string }>>([
    { override: undefined, fault: 'override is no object' },
    {
      override: { ...pause, kind: 'stop', capacity: 1 },
      fault: 'override.kind is none of pause, pin, cap',
    },
    { override: { ...cap, capacity: undefined }, fault: 'override.capacity is no number' },
    { override: { ...pause, until: 'soon' }, fault: 'override.until is no number' },
    { override: { ...pause, ended: {} }, fault: 'override.ended.by is no text' },
  ])('is not believed when $fault', ({ override, fault }) => {
    expect(faultOfOverride(override)).toBe(fault);
  });
});
