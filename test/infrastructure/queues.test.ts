import { describe, expect, test } from '@jest/globals';
import { queues } from '#infrastructure/queues.ts';
import { aBehavior, aGroup } from '#test/support/builders.ts';
import { at } from './checks/compiled-template.ts';

const DEPLOYMENT = { service: 'tidegate', stage: 'dev' };
const QUEUES = queues(DEPLOYMENT, [], {});
const sendersTo = (id: string) =>
  at(
    QUEUES[`${id}Policy`]?.Properties,
    ...['PolicyDocument', 'Statement', 0, 'Condition', 'ArnEquals', 'aws:SourceArn'],
  );

describe('queues', () => {
  test.each([
    { queue: 'ScaleQueue', topics: ['AlarmTopic'] },
    { queue: 'HealQueue', topics: ['AlarmTopic'] },
    { queue: 'NotifyQueue', topics: ['AlarmTopic', 'OutcomeTopic'] },
    { queue: 'UndeliveredQueue', topics: ['AlarmTopic', 'OutcomeTopic', 'OperationsTopic'] },
  ])('$queue takes messages of $topics', ({ queue, topics }) => {
    expect(sendersTo(queue)).toEqual(topics.map((id) => ({ Ref: id })));
  });

  test.each(['ScaleQueue', 'HealQueue', 'NotifyQueue'])(
    '%s takes events of rules that are named after the deployment, in its account and Region',
    (queue) => {
      const statements = at(QUEUES[`${queue}Policy`]?.Properties, 'PolicyDocument', 'Statement');
      expect(statements).toContainEqual({
        Sid: 'RulesDeliver',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: { 'Fn::GetAtt': [queue, 'Arn'] },
        Condition: {
          ArnLike: {
            'aws:SourceArn': {
              'Fn::Sub': `arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:rule/tidegate-dev-*`,
            },
          },
        },
      });
    },
  );

  test.each(['ScaleDeadLetters', 'UndeliveredQueue'])('%s takes no events', (queue) => {
    const policy = JSON.stringify(QUEUES[`${queue}Policy`]);
    expect(policy).not.toContain('events.amazonaws.com');
  });

  test('of dead letters take messages of no topic', () => {
    expect(sendersTo('ScaleDeadLetters')).toBeUndefined();
  });

  test.each([
    { queue: 'ScaleQueue', receives: 5 },
    { queue: 'HealQueue', receives: 5 },
    { queue: 'NotifyQueue', receives: 20 },
  ])('$queue sets a message aside after $receives receives', ({ queue, receives }) => {
    expect(at(QUEUES[queue]?.Properties.RedrivePolicy, 'maxReceiveCount')).toBe(receives);
  });

  test('name each other: a dead-letter queue serves the one that it is named after', () => {
    const { ScaleQueue, ScaleDeadLetters } = QUEUES;

    expect(ScaleQueue?.Properties.QueueName).toBe('tidegate-dev-scale');
    expect(ScaleDeadLetters?.Properties).toEqual({
      QueueName: 'tidegate-dev-scale-dead-letters',
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
      RedriveAllowPolicy: {
        redrivePermission: 'byQueue',
        sourceQueueArns: [
          {
            'Fn::Sub': `arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:tidegate-dev-scale`,
          },
        ],
      },
    });
  });
});

describe('the queue of the sweep', () => {
  const fleet = {
    name: 'web',
    tags: { tier: 'web' },
    template: { capacity: {}, metrics: {}, rules: [], behavior: aBehavior({}) },
  };
  const groups = (count: number) => Array.from({ length: count }, () => aGroup());
  const idsFor = (configuration: Parameters<typeof queues>[2]) =>
    Object.keys(queues(DEPLOYMENT, [], configuration)).filter((id) => id.startsWith('Sweep'));

  test.each([
    { what: '501 named groups', configuration: { groups: groups(501) } },
    { what: 'a fleet', configuration: { fleets: [fleet] } },
  ])('is there for $what', ({ configuration }) => {
    expect(idsFor(configuration)).toEqual([
      'SweepQueue',
      'SweepQueuePolicy',
      'SweepDeadLetters',
      'SweepDeadLettersPolicy',
    ]);
  });

  test('is not there for 500 named groups', () => {
    expect(idsFor({ groups: groups(500) })).toEqual([]);
  });

  test('takes nothing from outside, hides a shard for six sweeps, and gives up after two', () => {
    const { SweepQueue, SweepQueuePolicy } = queues(DEPLOYMENT, [], { fleets: [fleet] });

    expect(JSON.stringify(SweepQueuePolicy)).not.toContain('"Allow"');
    expect(SweepQueue?.Properties).toMatchObject({
      QueueName: 'tidegate-dev-sweep',
      VisibilityTimeout: 360,
      RedrivePolicy: { maxReceiveCount: 2 },
    });
  });
});
