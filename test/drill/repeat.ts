/** Runs a job again and again, a time after its last end; `fail` hears of every failure. Answers how to end that. */
export const repeat = (
  job: () => Promise<void>,
  everyMs: number,
  fail: (thrown: unknown) => void,
): (() => void) => {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const next = (): void => {
    if (!isOver) timer = setTimeout(run, everyMs);
  };
  const run = (): void => {
    job()
      .catch((thrown: unknown) => {
        if (!isOver) fail(thrown);
      })
      .finally(next);
  };
  run();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
};
