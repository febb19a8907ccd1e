import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { alarmNameOf, alarmPrefixOf } from '#parse/configuration/normalise/alarm-name.ts';

const nameOf = (service: string, stage: string, group: string) =>
  alarmNameOf({ prefix: alarmPrefixOf({ service, stage }), group, rule: 'cpu-high' });

describe('names of alarms', () => {
  test('are as they always were where neither the service nor the stage has a hyphen', () => {
    expect(nameOf('tidegate', 'prod', 'eu-web')).toBe('tidegate-prod-eu-web-cpu-high');
  });

  test('of two stages are never the same', () => {
    expect(nameOf('tidegate', 'prod-eu', 'web')).toBe('tidegate-prod_eu-web-cpu-high');

    /** As serverless.yml and tidegate.yml allow them, of few letters so that they would meet. */
    const part = fc.stringMatching(/^[ab](-?[ab]){0,3}$/);
    fc.assert(
      fc.property(fc.tuple(part, part, part), fc.tuple(part, part, part), (one, other) => {
        fc.pre(one[0] !== other[0] || one[1] !== other[1]);
        expect(nameOf(...one)).not.toBe(nameOf(...other));
      }),
    );
  });
});
