/**
 * Works on items side by side, some at a time, and begins the next one as soon as one is done. The answers stand in the
 * order of the items. The work must not throw.
 */
export const sideBySide = async <T, R>(
  items: readonly T[],
  atATime: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> => {
  const answers: R[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) answers[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, worker));
  return answers;
};
