import { describe, expect, test } from '@jest/globals';
import { eventHub } from '#infrastructure/event-hub.ts';
import { ownAlarms } from '#infrastructure/own-alarms.ts';
import { at } from './checks/compiled-template.ts';

const DEPLOYMENT = { service: 'tidegate', stage: 'prod' };
const NOTHING = { groups: [], alerts: [], channels: [], routes: [] };
const HUB = 'arn:aws:events:eu-west-1:111122223333:event-bus/tidegate';
const hubOf = (bus: string) => eventHub({ ...NOTHING, events: { bus, hub: HUB } }, DEPLOYMENT);
const resources = hubOf('operations');
const own = (resource: string) => ({
  'Fn::Sub': `arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:${resource}`,
});

describe('outcomes forwarded to a hub', () => {
  test('are made by one key, and nothing of it is there without', () => {
    expect(eventHub(NOTHING, DEPLOYMENT)).toEqual({});
    expect(eventHub({ ...NOTHING, events: { bus: 'operations' } }, DEPLOYMENT)).toEqual({});
    expect(Object.keys(resources)).toEqual([
      'HubDeadLetters',
      'HubDeadLettersPolicy',
      'HubRule',
      'HubRole',
    ]);
  });

  test('are those of this deployment alone, each as it was on the bus', () => {
    expect(resources.HubRule?.Properties).toEqual({
      Name: 'tidegate-prod-hub',
      Description: 'Forwards outcomes of Tidegate to an event bus of another account or Region',
      EventBusName: 'operations',
      EventPattern: {
        source: ['tidegate'],
        account: [{ Ref: 'AWS::AccountId' }],
        resources: [{ Ref: 'OutcomeTopic' }],
      },
      Targets: [
        {
          Id: 'hub',
          Arn: HUB,
          RoleArn: { 'Fn::GetAtt': ['HubRole', 'Arn'] },
          DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['HubDeadLetters', 'Arn'] } },
        },
      ],
    });
  });

  test('are put there by a role that may do no more, and never on the bus they come from', () => {
    const policy = at(resources.HubRole?.Properties, 'Policies', 0, 'PolicyDocument', 'Statement');

    expect(policy).toEqual([
      { Effect: 'Allow', Sid: 'PutEvents', Action: ['events:PutEvents'], Resource: HUB },
      {
        Effect: 'Deny',
        Sid: 'NeverInCircles',
        Action: ['events:PutEvents'],
        Resource: own('event-bus/operations'),
      },
    ]);
  });

  test.each([
    ['operations', 'rule/operations/tidegate-prod-hub'],
    ['default', 'rule/tidegate-prod-hub'],
  ])('that the hub refuses are kept by the rule on the bus %s', (bus, rule) => {
    const statements = at(
      hubOf(bus).HubDeadLettersPolicy?.Properties,
      'PolicyDocument',
      'Statement',
      0,
      'Condition',
    );

    expect(statements).toEqual({ ArnEquals: { 'aws:SourceArn': own(rule) } });
  });

  test('that the hub refuses raise an alarm', () => {
    expect(ownAlarms(DEPLOYMENT, { events: { bus: 'operations', hub: HUB } })).toHaveProperty(
      'HubDeadLettersNotEmpty',
    );
    expect(ownAlarms(DEPLOYMENT, { events: { bus: 'operations' } })).not.toHaveProperty(
      'HubDeadLettersNotEmpty',
    );
  });
});
