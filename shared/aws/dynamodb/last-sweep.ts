import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { LastSweep } from '#domain/status/deployment-status.ts';
import type { Instant } from '#domain/time/instant.ts';
import { readItem } from './decisions.ts';

const KEY = { pk: 'SWEEP', sk: 'LAST' } as const;

/** Writes down when the sweep looked. The last one that writes counts: they are a minute apart. */
export const recordSweep =
  (client: DynamoDBClient, table: string) =>
  async (at: Instant): Promise<void> => {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: { pk: { S: KEY.pk }, sk: { S: KEY.sk }, at: { S: new Date(at).toISOString() } },
      }),
    );
  };

/** Reads when the sweep looked last; nothing when it never did, or in the version before this one. */
export const readLastSweep =
  (client: DynamoDBClient, table: string) => async (): Promise<LastSweep | undefined> => {
    const item = await readItem(client, table, KEY);
    return item?.at?.S === undefined ? undefined : { at: Date.parse(item.at.S) };
  };
