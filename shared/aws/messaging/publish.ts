import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import { type DrillNews, markedNews } from '#domain/ledger/drill.ts';
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

/** Publishes the news of a drill; its attribute `kind` is `drill`, so that who filters on outcomes gets none. */
export const publishDrill =
  (client: SNSClient, topicArn: string) =>
  async (news: DrillNews): Promise<void> => {
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: JSON.stringify(markedNews(news)),
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'drill' } },
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
