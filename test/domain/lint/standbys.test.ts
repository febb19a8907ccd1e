import { describe, expect, test } from '@jest/globals';
import { lint } from '#domain/lint/lint.ts';
import { aGroup } from '#test/support/builders.ts';

const codesOf = (capacity: { min?: number; max?: number }): readonly string[] => {
  const of = { region: 'eu-west-1', autoScalingGroup: 'web' };
  const groups = [aGroup({ capacity, standby: { of, minPercent: 60 } })];
  const findings = lint({ groups, alerts: [], channels: [], routes: [] });
  return findings.flatMap(({ code, message }) =>
    code === 'standby-in-vain' ? [`${code}: ${message}`] : [],
  );
};

describe('a group that stands in for another one', () => {
  test('needs room between its minimum and its maximum', () => {
    expect(codesOf({ min: 4, max: 4 })).toEqual([
      'standby-in-vain: it stands in for eu-west-1/web, and its minimum of 4 is its maximum',
    ]);
  });

  test.each([{ min: 4, max: 5 }, { min: 4 }, { max: 4 }, {}])('has it with %j', (capacity) => {
    expect(codesOf(capacity)).toEqual([]);
  });
});
