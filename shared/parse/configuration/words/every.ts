import { duration } from './duration.ts';
import { orAuto } from './or-auto.ts';

/**
 * The sweep comes once a minute; its minute is divided into equal parts. With `auto` there is one further look, when the
 * newest value of a metric should be there.
 */
export const every = orAuto(
  duration({
    min: 15,
    max: 60,
    also: {
      expected: '15s, 20s, 30s or 1m',
      holds: (seconds) => 60 % seconds === 0,
    },
  }),
);
