import type { Configuration, Events } from '#domain/configuration/configuration.ts';
import { SOURCE } from './event-bus.ts';
import { deadLetterQueue, policy } from './queues.ts';
import { serviceRole } from './roles/service-role.ts';
import { allow, type Statement } from './roles/statement.ts';
import {
  arn,
  arnOf,
  type Deployment,
  prefixOf,
  type Resources,
  ref,
  type Value,
} from './template.ts';

type Hub = Required<Events>;

/**
 * Outcomes forwarded to an event bus of another account or Region. A pipe cannot put events there, but a rule on the own
 * bus can (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html). EventBridge tries for a day;
 * what the hub does not take is kept in a dead-letter queue.
 */
export const eventHub = ({ events }: Configuration, deployment: Deployment): Resources => {
  if (events?.hub === undefined) {
    return {};
  }
  const hub: Hub = { bus: events.bus, hub: events.hub };

  return {
    HubDeadLetters: deadLetterQueue(`${prefixOf(deployment)}-hub-dead-letters`),
    HubDeadLettersPolicy: policy('HubDeadLetters', [], [ruleDelivers(hub, deployment)]),
    HubRule: rule(hub, deployment),
    HubRole: role(hub),
  };
};

const ruleName = (deployment: Deployment): string => `${prefixOf(deployment)}-hub`;

/** The rule takes the outcomes of this deployment alone, since others may share the bus; each event stays as it is. */
const rule = ({ bus, hub }: Hub, deployment: Deployment) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Name: ruleName(deployment),
    Description: 'Forwards outcomes of Tidegate to an event bus of another account or Region',
    EventBusName: bus,
    EventPattern: {
      source: [SOURCE],
      account: [ref('AWS::AccountId')],
      resources: [ref('OutcomeTopic')],
    },
    Targets: [
      {
        Id: 'hub',
        Arn: hub,
        RoleArn: arnOf('HubRole'),
        DeadLetterConfig: { Arn: arnOf('HubDeadLetters') },
      },
    ],
  },
});

/** Lets the rule keep what the hub did not take; by name, since the rule refers to the queue. */
const ruleDelivers = ({ bus }: Hub, deployment: Deployment): Value => ({
  Sid: 'RuleDelivers',
  Effect: 'Allow',
  Principal: { Service: 'events.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: arnOf('HubDeadLetters'),
  Condition: {
    ArnEquals: {
      'aws:SourceArn': arn(
        'events',
        bus === 'default' ? `rule/${ruleName(deployment)}` : `rule/${bus}/${ruleName(deployment)}`,
      ),
    },
  },
});

/** EventBridge documents no condition for the roles of rules; nobody can pass a role of another account. */
const role = ({ bus, hub }: Hub) =>
  serviceRole({
    service: 'events.amazonaws.com',
    description: 'Forwards outcomes of Tidegate to a hub; docs/permissions.md explains it',
    statements: [
      allow({ Sid: 'PutEvents', Action: ['events:PutEvents'], Resource: hub }),
      neverInCircles(bus),
    ],
  });

/** A hub that is the own bus would get each event again and again: the account is known only to the stack, so the role refuses. */
const neverInCircles = (bus: string): Statement => ({
  Sid: 'NeverInCircles',
  Effect: 'Deny',
  Action: ['events:PutEvents'],
  Resource: arn('events', `event-bus/${bus}`),
});
