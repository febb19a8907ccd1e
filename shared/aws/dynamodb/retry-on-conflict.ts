import {
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';

const TRIES = 5;
const FIRST_MS = 20;

/**
 * Tries a write again that met another one on the same item at the same moment: DynamoDB then refuses one
 * of both, and the SDK does not repeat it.
 */
export const retryOnConflict = async <T>(write: () => Promise<T>): Promise<T> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await write();
    } catch (thrown) {
      if (tried === TRIES || !isConflict(thrown)) throw thrown;
    }
    await new Promise((resolve) => setTimeout(resolve, FIRST_MS * 2 ** tried));
  }
};

const isConflict = (thrown: unknown): boolean => {
  if (thrown instanceof TransactionConflictException) return true;
  if (!(thrown instanceof TransactionCanceledException)) return false;

  const codes = (thrown.CancellationReasons ?? []).map(({ Code }) => Code);
  return codes.includes('TransactionConflict') && !codes.includes('ConditionalCheckFailed');
};
