import { duration } from './duration.ts';

const DAY = 86_400;

/**
 * The periods that an alarm may have. Those under a minute work only for metrics that are stored with
 * high resolution; for others the alarm ends in INSUFFICIENT_DATA.
 */
export const period = duration({
  min: 10,
  max: DAY,
  also: {
    expected: 'a period of 10s, 20s, 30s or whole minutes up to 1d',
    holds: (seconds) => seconds % 60 === 0 || [10, 20, 30].includes(seconds),
  },
});

/** Metrics Insights knows no periods under a minute, and an alarm on it looks back three hours at most. */
export const queryPeriod = duration({
  min: 60,
  max: 3_600,
  also: {
    expected: 'whole minutes from 1m to 1h, such as 1m or 5m',
    holds: (seconds) => seconds % 60 === 0,
  },
});

/** AWS publishes the metrics of the presets once a minute at best. */
export const wholeMinutes = duration({
  min: 60,
  max: DAY,
  also: {
    expected: 'whole minutes from 1m to 1d, such as 1m or 5m',
    holds: (seconds) => seconds % 60 === 0,
  },
});
