import { duration } from './duration.ts';

/** The sweep comes once a minute; its minute is divided into equal parts. */
export const every = duration({
  min: 15,
  max: 60,
  also: {
    expected: '15s, 20s, 30s or 1m',
    holds: (seconds) => 60 % seconds === 0,
  },
});
