import { describe, expect, test } from '@jest/globals';
import { logicalId } from '#infrastructure/logical-id.ts';

describe('a logical id', () => {
  test('says what it stands for, and ends in a digest of the names', () => {
    expect(logicalId('RuleAlarm', 'web', 'cpu-high')).toBe('RuleAlarmWebCpuHighde5ddee3');
  });

  test.each([
    { one: ['a-1'], other: ['a1'] },
    { one: ['ab', 'c'], other: ['a', 'bc'] },
    { one: ['a-b', 'c'], other: ['a', 'b-c'] },
  ])('of $one is not that of $other', ({ one, other }) => {
    expect(logicalId('Alarm', ...one)).not.toBe(logicalId('Alarm', ...other));
  });

  test('is made of letters and digits, and is never too long', () => {
    const longest = 'a-'.repeat(20);

    expect(logicalId('OperationsSubscription', longest, longest)).toMatch(/^[A-Za-z0-9]{1,255}$/);
  });
});
