import { expect, test } from '@jest/globals';
import type { Fleet } from '#domain/configuration/configuration.ts';
import { membersAsked } from '#domain/sweep/members-asked.ts';
import { aBehavior, anAlarmRule } from '#test/support/builders.ts';

const rule = (name: string) => anAlarmRule('busy', { alarm: { kind: 'existing', name } });
const fleet = (name: string, ...alarms: readonly string[]): Fleet => ({
  name,
  tags: { tier: name },
  template: { capacity: {}, metrics: {}, rules: alarms.map(rule), behavior: aBehavior({}) },
});
const FLEETS = [
  fleet('web', '{autoScalingGroup}-busy', 'late-{autoScalingGroup}'),
  fleet('api', '{autoScalingGroup}-busy'),
];

test.each([
  [{ group: 'web/a' }, [{ fleet: 'web', autoScalingGroup: 'a' }]],
  [{ group: 'db/a' }, []],
  [{ group: 'web' }, []],
  [
    { alarm: 'a-busy' },
    [
      { fleet: 'web', autoScalingGroup: 'a' },
      { fleet: 'api', autoScalingGroup: 'a' },
    ],
  ],
  [{ alarm: 'late-a' }, [{ fleet: 'web', autoScalingGroup: 'a' }]],
  [{ alarm: 'a-idle' }, []],
])('of %j the members %j may be meant', (about, members) => {
  expect(membersAsked(FLEETS, about)).toEqual(members);
});
