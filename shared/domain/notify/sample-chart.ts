import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { Chart } from './chart.ts';
import type { Charted } from './charted.ts';

type SampleMetric = Pick<Charted, 'title' | 'threshold'> &
  Readonly<{
    /** Set when the metric falls below its threshold. */
    isFalling?: boolean;
  }>;

/** A metric that crosses its threshold, as a message of a deployment could show it. */
export const sampleChart = (
  now: Instant,
  { title, threshold, isFalling = false }: SampleMetric = { title: 'cpu', threshold: HIGH },
): Chart => ({
  title,
  ...(threshold === undefined ? {} : { threshold }),
  mark: now,
  points: RISING.map((rising, index) => {
    const value = isFalling ? 2 * HIGH - rising : rising;
    return {
      at: now - (RISING.length - index) * MINUTE_MS,
      value: threshold === undefined ? value : (value * threshold) / HIGH,
    };
  }),
});

/** In percent; it crosses 70 towards the end. */
const RISING = [41, 39, 44, 43, 48, 52, 51, 57, 63, 61, 66, 72, 75, 79, 82];
const HIGH = 70;
