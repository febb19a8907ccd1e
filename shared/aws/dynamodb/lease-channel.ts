import {
  type AttributeValue,
  ConditionalCheckFailedException,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type ChannelState, newChannelState, withoutFuture } from '#domain/notify/channel-state.ts';
import { CLOCK_AHEAD_MS, type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { type ChannelLease, stateKey, type Table, whileHeld } from './outbox-keys.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

/** Twice the function's timeout: whoever held a channel and has not let go by then is gone. */
const HELD_MS = 60 * SECOND_MS;

type Change = Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ExpressionAttributeValues'>;

/** Changes the state of a channel while it is ours; false when it is not. */
export const change = async (
  { client, table }: Table,
  held: ChannelLease,
  { UpdateExpression, ExpressionAttributeValues }: Change,
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

/** The state of a channel. The version before this one wrote two of its fields under other names. */
const stateFrom = ({
  inAir = [],
  restUntil = 0,
  ...state
}: Partial<ChannelState> & Readonly<{ inAir?: readonly string[]; restUntil?: Instant }>) => ({
  sending: inAir,
  backoffUntil: restUntil,
  ...state,
});
