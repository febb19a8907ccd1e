import { describe, expect, test } from '@jest/globals';
import { asError } from '#domain/basics/as-error.ts';
import { describeCapacity, reasonForCapacity } from '#domain/capacity/describe-capacity.ts';
import type { TraceLine } from '#domain/ledger/decision.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';

describe('a duration', () => {
  test.each([
    { seconds: 0, text: '0 s' },
    { seconds: 1, text: '1 s' },
    { seconds: 59, text: '59 s' },
    { seconds: 60, text: '1 min' },
    { seconds: 61, text: '1 min 1 s' },
    { seconds: 3_599, text: '59 min 59 s' },
    { seconds: 3_600, text: '1 h' },
    { seconds: 3_659, text: '1 h' },
    { seconds: 3_660, text: '1 h 1 min' },
    { seconds: 86_399, text: '23 h 59 min' },
    { seconds: 86_400, text: '1 d' },
    { seconds: 100_800, text: '1 d 4 h' },
    { seconds: 864_000, text: '10 d' },
  ])('of $seconds s is $text', ({ seconds, text }) => {
    expect(describeSeconds(seconds)).toBe(text);
  });
});

const gate = (overrides: Partial<TraceLine>): TraceLine => ({
  stage: 'cooldown',
  verdict: 'pass',
  reason: 'Passed',
  detail: 'the cooldown is over',
  ...overrides,
});

const wish = (capacity: number) => ({
  capacity,
  reason: 'ScaledOut' as const,
  detail: 'cpu is high',
  rule: 'cpu-high',
});
const noWish = { capacity: 4, reason: 'Steady' as const, detail: 'no rule asks for a change' };
const atMaximum = gate({
  stage: 'bounds',
  verdict: 'bend',
  reason: 'AtMaximum',
  detail: '8 is above the maximum of 6',
});
const tooSoon = gate({
  verdict: 'hold',
  reason: 'CoolingDown',
  detail: 'it is too soon',
  capacity: 4,
});
const tooFew = gate({
  stage: 'bounds',
  verdict: 'bend',
  reason: 'BelowMinimum',
  detail: '1 is below the minimum of 2',
});

describe('a decision on capacity', () => {
  test.each([
    {
      title: 'that a rule asked for',
      subject: { from: 4, to: 6, proposal: wish(6), gates: [gate({})] },
      summary: 'web 4 → 6: cpu-high: cpu is high',
      reason: 'ScaledOut',
    },
    {
      title: 'that was cut short',
      subject: { from: 4, to: 6, proposal: wish(8), gates: [gate({}), atMaximum] },
      summary: 'web 4 → 6: cpu-high: cpu is high; 8 is above the maximum of 6',
      reason: 'ScaledOut',
    },
    {
      title: 'that corrects the group without a rule',
      subject: {
        from: 1,
        to: 2,
        gates: [tooFew],
        proposal: { ...noWish, capacity: 1 },
      },
      summary: 'web 1 → 2: 1 is below the minimum of 2',
      reason: 'BelowMinimum',
    },
    {
      title: 'to stay because nothing is wanted',
      subject: { from: 4, to: 4, proposal: noWish, gates: [gate({})] },
      summary: 'web stays at 4: no rule asks for a change',
      reason: 'Steady',
    },
    {
      title: 'to stay because a gate holds',
      subject: { from: 4, to: 4, proposal: wish(6), gates: [tooSoon, gate({})] },
      summary: 'web stays at 4: cpu-high asks for 6, but it is too soon',
      reason: 'CoolingDown',
    },
    {
      title: 'to stay where a gate stops a group that nothing is wanted of',
      subject: {
        from: 4,
        to: 4,
        proposal: noWish,
        gates: [
          gate({
            verdict: 'hold',
            reason: 'NotManaged',
            detail: 'the tag is missing',
            capacity: 4,
          }),
        ],
      },
      summary: 'web stays at 4: the tag is missing',
      reason: 'NotManaged',
    },
  ])('$title says so in one sentence', ({ subject, summary, reason }) => {
    expect(describeCapacity({ group: 'web', ...subject })).toBe(summary);
    expect(reasonForCapacity({ group: 'web', ...subject })).toBe(reason);
  });
});

describe('what was thrown', () => {
  test('is the error itself', () => {
    const error = new TypeError('no');
    expect(asError(error)).toBe(error);
  });

  test('becomes an error when it is none', () => {
    expect(asError('no')).toEqual(new Error('no'));
  });
});
