import { readFileSync } from 'node:fs';
import type {
  CompositeAlarm,
  MetricAlarm,
  PutCompositeAlarmInput,
  PutMetricAlarmInput,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, test } from '@jest/globals';

/** All that DescribeAlarms says of an alarm and that the writing command does not take; the compiler holds it to the SDK. */
const ONLY_READ = {
  MetricAlarms: [
    'AlarmArn',
    'AlarmConfigurationUpdatedTimestamp',
    'EvaluationState',
    'StateReason',
    'StateReasonData',
    'StateTransitionedTimestamp',
    'StateUpdatedTimestamp',
    'StateValue',
  ] satisfies readonly Exclude<keyof MetricAlarm, keyof PutMetricAlarmInput>[],
  CompositeAlarms: [
    'AlarmArn',
    'AlarmConfigurationUpdatedTimestamp',
    'StateReason',
    'StateReasonData',
    'StateTransitionedTimestamp',
    'StateUpdatedTimestamp',
    'StateValue',
    'ActionsSuppressedBy',
    'ActionsSuppressedReason',
  ] satisfies readonly Exclude<keyof CompositeAlarm, keyof PutCompositeAlarmInput>[],
};

type Missing<K extends keyof typeof ONLY_READ, A, P> = Exclude<
  Exclude<keyof A, keyof P>,
  (typeof ONLY_READ)[K][number]
>;
/** Neither list may lack a field: the compiler would ask for it here. */
const complete: Readonly<
  Record<
    | Missing<'MetricAlarms', MetricAlarm, PutMetricAlarmInput>
    | Missing<'CompositeAlarms', CompositeAlarm, PutCompositeAlarmInput>,
    true
  >
> = {};

const PAGE = readFileSync('docs/deploy.md', 'utf8');

describe('the recipes that add the alarm topic to an alarm', () => {
  test.each(['MetricAlarms', 'CompositeAlarms'] as const)(
    'take out of %s what is only read, and nothing else',
    (kind) => {
      const [, deleted = ''] =
        new RegExp(`'\\.${kind}\\[0\\]\\s*\\| del\\(([^)]*)\\)`).exec(PAGE) ?? [];
      const names = [...deleted.matchAll(/\.(\w+)/g)].map(([, name]) => name);

      expect(new Set(names)).toEqual(new Set(ONLY_READ[kind]));
      expect(complete).toEqual({});
    },
  );

  test('ask for composite alarms by their type, and write them by their own command', () => {
    expect(PAGE).toContain('describe-alarms --alarm-types CompositeAlarm');
    expect(PAGE).toContain('put-composite-alarm --cli-input-json');
  });
});
