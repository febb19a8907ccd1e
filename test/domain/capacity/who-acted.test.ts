import { describe, expect, test } from '@jest/globals';
import { whoActed } from '#domain/capacity/who-acted.ts';
import { NOON } from '#test/support/builders.ts';

const because = (cause: string) => [{ at: NOON, isFailed: false, cause, message: '' }];
const CHANGE = { from: 1, to: 2 };

describe('who changed a capacity', () => {
  test.each([
    [
      'At 2026-03-02T08:59:00Z a monitor alarm TargetTracking-web-AlarmHigh in state ALARM triggered policy cpu50 changing the desired capacity from 1 to 2.',
      'the scaling policy cpu50 of AWS (alarm TargetTracking-web-AlarmHigh)',
    ],
    [
      'At 2026-03-02T08:59:00Z the scheduled action morning executed. Setting desired capacity from 1 to 2.',
      'the scheduled action morning of AWS',
    ],
    [
      'At 2026-03-02T08:59:00Z predictive scaling raised the desired capacity from 1 to 2.',
      'predictive scaling of AWS',
    ],
    [
      'At 2026-03-02T08:59:00Z a user request update of AutoScalingGroup constraints to min: 1, max: 5, desired: 2 changing the desired capacity from 1 to 2.',
      'an update of the group, such as a deployment',
    ],
    [
      'At 2026-03-02T08:59:00Z instance i-1 was moved to standby in response to a user request, changing the capacity from 1 to 2.',
      'an instance that changed to or from Standby',
    ],
    [
      'At 2026-03-02T08:59:00Z instance i-1 was detached in response to a user request, changing the capacity from 1 to 2.',
      'an instance that was detached',
    ],
    [
      'At 2026-03-02T08:59:00Z a user request explicitly set group desired capacity changing the desired capacity from 1 to 2.',
      'a call of SetDesiredCapacity that was not ours',
    ],
    [
      'Something changed the desired capacity from 1 to 2',
      'somebody else (Something changed the desired capacity from 1 to 2)',
    ],
    ['a user request changing the desired capacity from 1 to 20', 'somebody else'],
    ['a user request changing the desired capacity from 2 to 1', 'somebody else'],
  ])('%s', (cause, who) => {
    expect(whoActed(because(cause), CHANGE)).toBe(who);
  });

  test('is unknown without activities', () => {
    expect(whoActed([], CHANGE)).toBe('somebody else');
  });

  test('quotes no more than a few words of what is not known', () => {
    const cause = `capacity from 1 to 2 ${'x'.repeat(999)}`;

    expect(whoActed(because(cause), CHANGE)).toHaveLength('somebody else ()'.length + 200);
  });
});
