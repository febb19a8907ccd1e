import type { Bug } from './bug.ts';

/** Mistakes in what is read of AWS, and in what is made of a read that fails. */
export const READING_BUGS: readonly Bug[] = [
  {
    name: 'periods are counted from any moment',
    file: 'shared/domain/reading-window.ts',
    find: 'Math.floor((now - lookbackSeconds * SECOND_MS) / periodMs) * periodMs',
    replace: 'Math.floor(now - lookbackSeconds * SECOND_MS)',
  },
  {
    name: 'a period that is over is taken for whole',
    file: 'shared/domain/reading-window.ts',
    find: 'const SETTLE_SECONDS = 180;',
    replace: 'const SETTLE_SECONDS = 0;',
  },
  {
    name: 'one range is asked for all metrics',
    file: 'shared/aws/read-metrics.ts',
    find: 'classes.set(key, [...(classes.get(key) ?? []), each]);',
    replace: "classes.set('', [...(classes.get('') ?? []), each, ...(key === '' ? [each] : [])]);",
  },
  {
    name: 'a refused metric fails its whole call',
    file: 'shared/aws/read-metrics.ts',
    find: 'if (!isRefusal(thrown)) throw thrown;',
    replace: 'if (isRefusal(thrown) || !isRefusal(thrown)) throw thrown;',
  },
  {
    name: 'a refused metric is missing data',
    file: 'shared/app/observe-metrics.ts',
    find: '...(refused.length === 0 ?',
    replace: '...(refused.length < 9 ?',
  },
];
