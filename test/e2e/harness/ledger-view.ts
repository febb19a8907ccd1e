import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Clients } from './clients.ts';

/** One record of the ledger. */
export type LedgerEntry = Readonly<{ id: string; status: string; reason: string; summary: string }>;

/** Reads what the functions wrote into the deployed table. */
export const ledgerView = ({ dynamo }: Clients, table: string) => {
  const read = async (group: string, prefix: string) => {
    const { Items = [] } = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': { S: `GROUP#${group}` }, ':prefix': { S: prefix } },
        ConsistentRead: true,
      }),
    );
    return Items;
  };

  return {
    /** The recorded decisions of a group, oldest first. */
    decisions: async (group: string): Promise<readonly LedgerEntry[]> =>
      (await read(group, 'DECISION#')).map((item) => ({
        id: item.sk?.S?.split('#').at(-1) ?? '',
        status: item.status?.S ?? '',
        reason: item.reason?.S ?? '',
        summary: item.summary?.S ?? '',
      })),
    /** The head of one lane, as the functions wrote it. */
    head: async (group: string, lane: 'scale' | 'heal'): Promise<Record<string, unknown>> =>
      JSON.parse((await read(group, `HEAD#${lane}`))[0]?.body?.S ?? '{}'),
  };
};
