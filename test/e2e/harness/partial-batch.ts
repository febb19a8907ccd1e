import type { Invocation } from './lambda.ts';

/**
 * Names the messages of a batch that Lambda does not delete: none after a null or empty answer, the named
 * ones, and all of them when the function failed or its answer names something else.
 */
export const failedMessages = (
  messageIds: readonly string[],
  invocation: Invocation,
  reportsFailures: boolean,
): readonly string[] => {
  if (invocation.kind === 'failed') return messageIds;
  if (!reportsFailures) return [];

  const answer: unknown = JSON.parse(invocation.json ?? 'null');
  if (typeof answer !== 'object' || answer === null || Object.keys(answer).length === 0) return [];
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures;
  if (failures === null) return [];
  if (!Array.isArray(failures)) return messageIds;

  const named = failures.map(
    (each) => (each as { itemIdentifier?: unknown } | null)?.itemIdentifier,
  );
  const isValid = named.every((id) => typeof id === 'string' && messageIds.includes(id));
  return isValid ? (named as readonly string[]) : messageIds;
};
