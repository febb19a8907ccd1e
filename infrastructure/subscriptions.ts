import type { Configuration } from '#domain/configuration/configuration.ts';
import { asksForHealing } from '#domain/configuration/fleet.ts';
import { arnOf, type Resource, type Resources, ref } from './template.ts';

/**
 * Every alarm message wakes scale and notify, and heal where a group asks for healing: each message that heal would only
 * put aside costs as much as one that it needs. Outcomes go to notify.
 */
export const subscriptions = (configuration: Configuration): Resources => ({
  AlarmsToScale: toQueue('AlarmTopic', 'ScaleQueue'),
  ...(asksForHealing(configuration) ? { AlarmsToHeal: toQueue('AlarmTopic', 'HealQueue') } : {}),
  AlarmsToNotify: toQueue('AlarmTopic', 'NotifyQueue'),
  OutcomesToNotify: toQueue('OutcomeTopic', 'NotifyQueue'),
});

/**
 * A message that SNS cannot deliver is kept. Without this it is lost as soon as a policy or a queue is wrong:
 * SNS retries only what fails on the server's side
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html).
 */
export const redriven = {
  RedrivePolicy: { deadLetterTargetArn: arnOf('UndeliveredQueue') },
} as const;

/** With SNS's envelope, which carries the time of publication, and unfiltered: a filter drops silently. */
const toQueue = (topicId: string, queueId: string): Resource => ({
  Type: 'AWS::SNS::Subscription',
  Properties: {
    TopicArn: ref(topicId),
    Protocol: 'sqs',
    Endpoint: arnOf(queueId),
    RawMessageDelivery: false,
    ...redriven,
  },
});
