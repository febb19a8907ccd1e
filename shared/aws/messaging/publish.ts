import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Outcome } from '#domain/ledger/outcome.ts';

/** SNS takes 256 KiB with the attributes; the envelope in which it reaches a queue needs its share, too. */
const MOST_BYTES = 128 * 1_024;

/** Publishes an outcome as JSON; subscribers may filter on the attributes `kind` and `group`. */
export const publish =
  (client: SNSClient, topicArn: string) =>
  async (outcome: Outcome): Promise<void> => {
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: messageOf(outcome),
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: outcome.kind },
          group: { DataType: 'String', StringValue: outcome.group },
        },
      }),
    );
  };

/** The text of an outcome; without its lists, which the ledger has, when it would be refused for its size. */
export const messageOf = (outcome: Outcome): string => {
  const message = JSON.stringify(outcome);
  if (Buffer.byteLength(message) <= MOST_BYTES) return message;

  const { targets: _targets, wishes: _wishes, ...short } = outcome;
  return JSON.stringify({ ...short, summary: short.summary.slice(0, 1_000) });
};
