import { describe, expect, test } from '@jest/globals';
import { OUTCOME_KINDS } from '#domain/ledger/outcome.ts';
import { eventBus } from '#infrastructure/event-bus.ts';
import { ownAlarms } from '#infrastructure/own-alarms.ts';
import { at } from './checks/compiled-template.ts';

const DEPLOYMENT = { service: 'tidegate', stage: 'prod' };
const NOTHING = { groups: [], alerts: [], channels: [], routes: [] };
const resources = eventBus({ ...NOTHING, events: { bus: 'operations' } }, DEPLOYMENT);
const BUS = {
  'Fn::Sub': `arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/operations`,
};

describe('outcomes as events', () => {
  test('are made by one key, and nothing of it is there without', () => {
    expect(eventBus(NOTHING, DEPLOYMENT)).toEqual({});
    expect(Object.keys(resources)).toEqual([
      'EventsQueue',
      'EventsQueuePolicy',
      'EventsDeadLetters',
      'EventsDeadLettersPolicy',
      'OutcomesToEvents',
      'EventsPipe',
      'EventsPipeRole',
    ]);
  });

  test('are moved to the bus with their kind as detail type, each as it was published', () => {
    expect(resources.EventsPipe?.Properties).toEqual({
      Description: 'Outcomes of Tidegate, as events',
      RoleArn: { 'Fn::GetAtt': ['EventsPipeRole', 'Arn'] },
      Source: { 'Fn::GetAtt': ['EventsQueue', 'Arn'] },
      SourceParameters: { SqsQueueParameters: { BatchSize: 10 } },
      Target: BUS,
      TargetParameters: {
        InputTemplate: '<$.body>',
        EventBridgeEventBusParameters: {
          Source: 'tidegate',
          DetailType: '$.body.kind',
          Resources: [{ Ref: 'OutcomeTopic' }],
        },
      },
    });
    expect(resources.OutcomesToEvents?.Properties).toMatchObject({
      RawMessageDelivery: true,
      FilterPolicy: { kind: OUTCOME_KINDS },
    });
  });

  test('of every kind pass the filter, and drills do not', () => {
    const kinds = at(resources.OutcomesToEvents?.Properties, 'FilterPolicy', 'kind');
    expect(kinds).toEqual(expect.arrayContaining(['scaled', 'failed', 'flapping']));
    expect(kinds).not.toContain('drill');
  });

  test('are moved by a role that may take them and put them on that bus, and no more', () => {
    const statements = at(
      resources.EventsPipeRole?.Properties,
      'Policies',
      0,
      'PolicyDocument',
      'Statement',
    ) as readonly { Action: readonly string[]; Resource: unknown }[];

    expect(statements.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        { 'Fn::GetAtt': ['EventsQueue', 'Arn'] },
      ],
      [['events:PutEvents'], BUS],
    ]);
  });

  test('that the bus refuses for long are kept, and an alarm says so', () => {
    expect(resources.EventsQueue?.Properties).toMatchObject({
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': ['EventsDeadLetters', 'Arn'] },
        maxReceiveCount: 20,
      },
    });
    expect(ownAlarms(DEPLOYMENT, { events: { bus: 'operations' } })).toHaveProperty(
      'EventsDeadLettersNotEmpty',
    );
    expect(ownAlarms(DEPLOYMENT)).not.toHaveProperty('EventsDeadLettersNotEmpty');
  });
});
