import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { System } from './system.ts';
import { until } from './until.ts';

const PASSED_MS = 61_000;

type Memory = {
  version?: number;
  untold?: readonly unknown[];
  inFlight?: { claimedAt: number };
  sightings?: Record<string, number>;
  removals?: readonly number[];
  probations?: Record<string, { until: number }>;
};

/** Makes what a head remembers of plans and sightings a minute older: nobody wants to wait for it. */
export const passAMinute = (system: System, group: string, lane: 'scale' | 'heal'): Promise<true> =>
  until(`the head of ${group} stands still`, () => age(system, group, lane), 5_000);

/** Nothing, when a function has written the head in between. */
const age = async (
  { clients, ledger, table }: System,
  group: string,
  lane: 'scale' | 'heal',
): Promise<true | undefined> => {
  const head = (await ledger.head(group, lane)) as Memory;
  // The function that left something to tell has not finished with the head.
  if (head.untold?.length) return undefined;
  makeOlder(head);

  const command = new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: `GROUP#${group}` }, sk: { S: `HEAD#${lane}` } },
    UpdateExpression: 'SET body = :body',
    ConditionExpression: 'version = :version',
    ExpressionAttributeValues: {
      ':body': { S: JSON.stringify(head) },
      ':version': { N: String(head.version) },
    },
  });
  try {
    await clients.dynamo.send(command);
    return true;
  } catch (thrown) {
    if (thrown instanceof ConditionalCheckFailedException) return undefined;
    throw thrown;
  }
};

const makeOlder = (head: Memory): void => {
  if (head.inFlight) head.inFlight.claimedAt -= PASSED_MS;
  const sightings = Object.entries(head.sightings ?? {});
  head.sightings = Object.fromEntries(sightings.map(([key, at]) => [key, at - PASSED_MS]));
  if (head.removals) head.removals = head.removals.map((at) => at - PASSED_MS);
  for (const probation of Object.values(head.probations ?? {})) probation.until -= PASSED_MS;
};
