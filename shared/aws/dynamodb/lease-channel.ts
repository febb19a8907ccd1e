import {
  type AttributeValue,
  ConditionalCheckFailedException,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ChannelLease } from '#domain/notify/channel-queue.ts';
import { type ChannelState, newChannelState, withoutFuture } from '#domain/notify/channel-state.ts';
import { CLOCK_AHEAD_MS, type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { stateKey, type Table, whileHeld } from './outbox-keys.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

/** Twice the function's timeout: whoever held a channel and has not let go by then is gone. */
const HELD_MS = 60 * SECOND_MS;

/** A change of the item that has the state. */
type StateChange = Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ExpressionAttributeValues'>;

/** Changes the state of a channel while it is ours; false when it is not. */
export const change = async (
  { client, table }: Table,
  held: ChannelLease,
  { UpdateExpression, ExpressionAttributeValues }: StateChange,
): Promise<boolean> => {
  const { ExpressionAttributeValues: values, ...condition } = whileHeld(held);
  try {
    await retryOnConflict(() =>
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: stateKey(held.channel),
          UpdateExpression,
          ...condition,
          ExpressionAttributeValues: { ...values, ...ExpressionAttributeValues },
        }),
      ),
    );
    return true;
  } catch (thrown) {
    if (thrown instanceof ConditionalCheckFailedException) return false;
    throw thrown;
  }
};

/** The state of the channel, if it is ours now. */
export const acquire = async (
  { client, table }: Table,
  { channel, token }: ChannelLease,
  now: Instant,
): Promise<ChannelState | undefined> => {
  try {
    const { Attributes } = await retryOnConflict(() =>
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: stateKey(channel),
          UpdateExpression: 'SET #token = :token, heldUntil = :until',
          ConditionExpression:
            'attribute_not_exists(#token) OR heldUntil <= :now OR heldUntil > :never',
          ExpressionAttributeNames: { '#token': 'token' },
          ExpressionAttributeValues: {
            ':token': { S: token },
            ':until': { N: String(now + HELD_MS) },
            ':now': { N: String(now) },
            // Nobody holds a channel for so long: the clock of whoever wrote that was ahead.
            ':never': { N: String(now + HELD_MS + CLOCK_AHEAD_MS) },
          },
          ReturnValues: 'ALL_NEW',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      ),
    );
    return stateIn(Attributes, now);
  } catch (thrown) {
    if (!(thrown instanceof ConditionalCheckFailedException)) throw thrown;
    // The SDK wrote it, lost the answer, and tried again.
    return thrown.Item?.token?.S === token ? stateIn(thrown.Item, now) : undefined;
  }
};

const stateIn = (item: Record<string, AttributeValue> | undefined, now: Instant): ChannelState =>
  withoutFuture(
    {
      ...newChannelState,
      ...(item?.body?.S === undefined ? {} : stateFrom(JSON.parse(item.body.S))),
    },
    now,
  );

/** Names under which older versions wrote fields of the state. */
type OlderNames = Readonly<{
  inAir?: readonly string[];
  restUntil?: Instant;
  mendedAt?: Instant;
}>;

/** The state of a channel, with the fields that older versions wrote under other names. */
const stateFrom = ({
  inAir = [],
  restUntil = 0,
  mendedAt,
  ...state
}: Partial<ChannelState> & OlderNames): Partial<ChannelState> => ({
  sending: inAir,
  backoffUntil: restUntil,
  ...(mendedAt === undefined ? {} : { worksSince: mendedAt }),
  ...state,
});
