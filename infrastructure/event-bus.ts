import type { Configuration } from '#domain/configuration/configuration.ts';
import { OUTCOME_KINDS } from '#domain/ledger/outcome.ts';
import { deadLetterQueue, policy } from './queues.ts';
import { serviceRole } from './roles/service-role.ts';
import { allow } from './roles/statement.ts';
import { redriven } from './subscriptions.ts';
import { arn, arnOf, type Deployment, prefixOf, type Resources, ref } from './template.ts';

/** The source of the events: rules on the bus match it. */
export const SOURCE = 'tidegate';
const DAY_SECONDS = 86_400;
/** A bus that refuses is tried again for about as long as a channel. */
const MOST_RECEIVES = 20;

/**
 * Outcomes as events: the outcome topic feeds a queue of their own, and a pipe moves each to the bus. No function takes
 * part, so that a bus that refuses delays nobody; what it refuses for long is kept in a dead-letter queue. Drills are no
 * outcomes, and left out.
 */
export const eventBus = ({ events }: Configuration, deployment: Deployment): Resources =>
  events === undefined
    ? {}
    : {
        EventsQueue: {
          Type: 'AWS::SQS::Queue',
          Properties: {
            QueueName: `${prefixOf(deployment)}-events`,
            VisibilityTimeout: 60,
            MessageRetentionPeriod: 4 * DAY_SECONDS,
            SqsManagedSseEnabled: true,
            RedrivePolicy: {
              deadLetterTargetArn: arnOf('EventsDeadLetters'),
              maxReceiveCount: MOST_RECEIVES,
            },
          },
        },
        EventsQueuePolicy: policy('EventsQueue', ['OutcomeTopic']),
        EventsDeadLetters: deadLetterQueue(`${prefixOf(deployment)}-events-dead-letters`, {
          RedriveAllowPolicy: {
            redrivePermission: 'byQueue',
            sourceQueueArns: [arn('sqs', `${prefixOf(deployment)}-events`)],
          },
        }),
        EventsDeadLettersPolicy: policy('EventsDeadLetters', []),
        OutcomesToEvents: {
          Type: 'AWS::SNS::Subscription',
          Properties: {
            TopicArn: ref('OutcomeTopic'),
            Protocol: 'sqs',
            Endpoint: arnOf('EventsQueue'),
            RawMessageDelivery: true,
            FilterPolicy: { kind: OUTCOME_KINDS },
            ...redriven,
          },
        },
        EventsPipe: pipe(events.bus),
        EventsPipeRole: pipeRole(events.bus),
      };

/** The text of a message is JSON, which pipes read by themselves (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html). */
const pipe = (bus: string) => ({
  Type: 'AWS::Pipes::Pipe',
  Properties: {
    Description: 'Outcomes of Tidegate, as events',
    RoleArn: arnOf('EventsPipeRole'),
    Source: arnOf('EventsQueue'),
    SourceParameters: { SqsQueueParameters: { BatchSize: 10 } },
    Target: arn('events', `event-bus/${bus}`),
    TargetParameters: {
      InputTemplate: '<$.body>',
      EventBridgeEventBusParameters: {
        Source: SOURCE,
        DetailType: '$.body.kind',
        // The topic's ARN says which deployment the outcome is from: its Region, account, service and stage.
        Resources: [ref('OutcomeTopic')],
      },
    },
  },
});

const pipeRole = (bus: string) =>
  serviceRole({
    service: 'pipes.amazonaws.com',
    description: 'Moves outcomes of Tidegate to an event bus; docs/permissions.md explains it',
    condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
    statements: [
      allow({
        Sid: 'TakeOutcomes',
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        Resource: arnOf('EventsQueue'),
      }),
      allow({
        Sid: 'PutEvents',
        Action: ['events:PutEvents'],
        Resource: arn('events', `event-bus/${bus}`),
      }),
    ],
  });
