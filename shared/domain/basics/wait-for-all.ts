/**
 * Waits for all, also when one of them fails, and then throws what failed first in their order. Lambda freezes an
 * environment when its invocation ends: calls that are still under way then go on in the next invocation, which knows
 * nothing of them, with what was true a minute ago.
 */
export const waitForAll = async <T extends readonly unknown[] | []>(
  work: T,
): Promise<{ -readonly [Each in keyof T]: Awaited<T[Each]> }> => {
  const ends: readonly PromiseSettledResult<unknown>[] = await Promise.allSettled(work);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return Promise.all(work);
};
