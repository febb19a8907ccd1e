import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Outcome } from '../domain/outcome.ts';

/** Publishes an outcome as JSON; subscribers may filter on the attributes `kind` and `group`. */
export const publish =
  (client: SNSClient, topicArn: string) =>
  async (outcome: Outcome): Promise<void> => {
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: JSON.stringify(outcome),
        MessageAttributes: {
          kind: { DataType: 'String', StringValue: outcome.kind },
          group: { DataType: 'String', StringValue: outcome.group },
        },
      }),
    );
  };
