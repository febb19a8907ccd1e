import { describe, expect, test } from '@jest/globals';
import { key } from '#infrastructure/key.ts';
import { hasOddAlarms } from '#infrastructure/publisher-conditions.ts';
import type { Resources } from '#infrastructure/template.ts';
import { topics } from '#infrastructure/topics.ts';
import { aGroup, anAlarmRule } from '#test/support/builders.ts';
import { at } from './checks/compiled-template.ts';

const DEPLOYMENT = { service: 'tidegate', stage: 'dev' };

const MY_ACCOUNT = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
const MY_ALARMS = {
  ArnLike: {
    'aws:SourceArn': {
      'Fn::Sub': `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:*`,
    },
  },
};

/** Under which conditions CloudWatch is let in by the policy of a resource. */
const conditionIn = (resources: Resources, id: string, document: string): unknown => {
  const statements = at(resources[id], 'Properties', document, 'Statement');
  return (statements as { Principal: unknown; Condition: unknown }[]).find(
    ({ Principal }) => at(Principal, 'Service') === 'cloudwatch.amazonaws.com',
  )?.Condition;
};

describe('CloudWatch may publish', () => {
  test.each([
    { what: 'alarms with plain names', isOdd: false, expected: { ...MY_ACCOUNT, ...MY_ALARMS } },
    { what: 'alarms with odd names', isOdd: true, expected: MY_ACCOUNT },
  ])('on the alarm topic, and use its key, for $what', ({ isOdd, expected }) => {
    const policy = conditionIn(topics(DEPLOYMENT, isOdd), 'AlarmTopicPolicy', 'PolicyDocument');

    expect(policy).toEqual(expected);
    expect(conditionIn(key(DEPLOYMENT, isOdd), 'Key', 'KeyPolicy')).toEqual(expected);
  });

  test('on the operations topic for alarms with plain names only: all of them are our own', () => {
    const policies = topics(DEPLOYMENT, true);

    expect(conditionIn(policies, 'OperationsTopicPolicy', 'PolicyDocument')).toEqual({
      ...MY_ACCOUNT,
      ...MY_ALARMS,
    });
  });

  test('not on the outcome topic', () => {
    const policies = topics(DEPLOYMENT, false);

    expect(conditionIn(policies, 'OutcomeTopicPolicy', 'PolicyDocument')).toBeUndefined();
  });
});

describe('an alarm name', () => {
  test.each([
    { name: 'web latency (p99) ~high!', isOdd: false },
    { name: 'web-überlast', isOdd: true },
    { name: 'web\u00a0latency', isOdd: true },
  ])('$name is odd: $isOdd', ({ name, isOdd }) => {
    const groups = [aGroup(), aGroup({ rules: [anAlarmRule(name)] })];

    expect(hasOddAlarms({ groups, alerts: [], channels: [], routes: [] })).toBe(isOdd);
  });
});

test('topics are named after the deployment, and the one for operators needs no key', () => {
  const all = topics(DEPLOYMENT, false);
  const propertiesOf = (id: string) => all[id]?.Properties;

  expect(['AlarmTopic', 'OutcomeTopic', 'OperationsTopic'].map(propertiesOf)).toEqual([
    { TopicName: 'tidegate-dev-alarms', KmsMasterKeyId: { Ref: 'Key' } },
    { TopicName: 'tidegate-dev-outcomes', KmsMasterKeyId: { Ref: 'Key' } },
    { TopicName: 'tidegate-dev-operations' },
  ]);
});
