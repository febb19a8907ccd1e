import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { LastSweep } from '#domain/status/deployment-status.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type Deployed, keepConfiguration } from './configurations.ts';
import { readItem } from './read-item.ts';

const KEY = { pk: 'SWEEP', sk: 'LAST' } as const;

/**
 * Writes down when the sweep looked, and with which configuration. The first look with another configuration keeps that
 * one before: a crash in between keeps it again at the next look.
 */
export const recordSweep =
  (client: DynamoDBClient, table: string, deployed: Deployed) =>
  async (at: Instant): Promise<void> => {
    const { hash } = deployed.source;
    const before = await readItem(client, table, KEY);
    if (before?.configuration?.S !== hash) {
      await keepConfiguration(client, table, { ...deployed, at });
    }
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: KEY.pk },
          sk: { S: KEY.sk },
          at: { S: new Date(at).toISOString() },
          configuration: { S: hash },
        },
      }),
    );
  };

/** Reads when the sweep looked last; nothing when it never did, or in the version before this one. */
export const readLastSweep =
  (client: DynamoDBClient, table: string) => async (): Promise<LastSweep | undefined> => {
    const item = await readItem(client, table, KEY);
    if (item?.at?.S === undefined) return undefined;
    const { configuration } = item;
    return {
      at: Date.parse(item.at.S),
      ...(configuration?.S === undefined ? {} : { configuration: configuration.S }),
    };
  };
