import { describe, expect, test } from '@jest/globals';
import { describeLearned, driftOf, hasDrifted } from '#domain/configuration/learned.ts';

describe('a learned value', () => {
  test.each([
    [100, 90.1, false],
    [100, 89.9, true],
    [100, 109.9, false],
    [100, 110.1, true],
    [76, 76, false],
    [0, 1, true],
  ])('of %d that is now %d has drifted: %s', (before, now, drifted) => {
    expect(hasDrifted(before, now)).toBe(drifted);
  });

  test('lies a share of the one before from it', () => {
    expect(driftOf(80, 60)).toBe(-0.25);
    expect(driftOf(80, 120)).toBe(0.5);
  });

  test('is told with both values, their days and the share', () => {
    const value = { rule: 'ahead', learnedOn: '2026-03-02', on: '2026-03-20' } as const;

    expect(describeLearned({ ...value, key: 'lead', was: 100, now: 160 })).toBe(
      'ahead: lead is 100s, learned on 2026-03-02; the history to 2026-03-20 shows 160s (+60 %)',
    );
    expect(describeLearned({ ...value, key: 'perInstance', was: 76.54, now: 60 })).toBe(
      'ahead: perInstance is 76.5rps, learned on 2026-03-02; the history to 2026-03-20 shows 60rps (−22 %)',
    );
  });
});
