import { describe, expect, test } from '@jest/globals';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import { groupsAbout, indexGroups } from '#domain/sweep/group-index.ts';
import { anAlarmEvent } from '#test/support/notify-world.ts';

type Bound = Readonly<{ name: string; alarms: readonly string[] }>;

const WEB: Bound = { name: 'web', alarms: ['load', 'load', 'web-high'] };
const API: Bound = { name: 'api', alarms: ['load'] };
const QUIET: Bound = { name: 'constructor', alarms: [] };

const index = indexGroups([WEB, API, QUIET], ({ alarms }) => alarms);

const alarm = (name: string) => anAlarmEvent({ name });
const request = (group: string): EvaluationMessage => ({
  kind: 'evaluate',
  group,
  cause: 'alarm-firing',
});

describe('a message finds', () => {
  test.each([
    {
      what: 'all groups that an alarm is bound to, each once',
      message: alarm('load'),
      found: [WEB, API],
    },
    { what: 'the one group of an alarm', message: alarm('web-high'), found: [WEB] },
    { what: 'nothing for an alarm of others', message: alarm('toString'), found: [] },
    { what: 'the group that a request names', message: request('api'), found: [API] },
    {
      what: 'a group by any name that is allowed',
      message: request('constructor'),
      found: [QUIET],
    },
    { what: 'nothing for a group of before', message: request('gone'), found: [] },
  ])('$what', ({ message, found }) => {
    expect(groupsAbout(index, message)).toEqual(found);
  });
});
