import { createRandom } from '#simulator/kernel/random.ts';
import { DAY_SECONDS, type Trace } from './trace.ts';

/** The shapes that can be made up, each scaled from 0 to 1 at its peak, by second. */
const SHAPES = {
  constant: () => () => 1,
  step: (end) => (second) => (second < end / 2 ? 0.3 : 1),
  ramp: (end) => (second) => 0.2 + (0.8 * second) / end,
  spike: (end) => (second) => 0.3 + (Math.abs(second - end / 2) < 900 ? 0.7 : 0),
  sine: () => (second) => 0.6 + 0.4 * Math.sin((2 * Math.PI * second) / 14_400),
  'on-off': () => (second) => (Math.floor(second / 7_200) % 2 === 0 ? 0.25 : 1),
  diurnal: () => (second) => diurnal(second),
  'diurnal with noise': (_end, random) => {
    const noises: number[] = [];
    return (second) => {
      const minute = Math.floor(second / 60);
      while (noises.length <= minute) noises.push(1 + 0.16 * (random() - 0.5));
      return diurnal(second) * (noises[minute] ?? 1);
    };
  },
  'flash crowd': (end) => (second) => {
    // In the afternoon of the last day.
    const since = second - (end - 0.35 * DAY_SECONDS);
    return 0.4 * diurnal(second) + (since < 0 ? 0 : 0.6 * 0.5 ** (since / 1_200));
  },
} satisfies Record<string, (end: number, random: () => number) => (second: number) => number>;

export type Shape = keyof typeof SHAPES;
export const SHAPE_NAMES = Object.keys(SHAPES) as readonly Shape[];

/** A day of people: least at four in the morning, most at four in the afternoon. */
const diurnal = (second: number): number =>
  0.6 - 0.4 * Math.cos((2 * Math.PI * (second - 4 * 3_600)) / DAY_SECONDS);

/** Makes a trace of minutes up: the shape over so many days, with a peak of so much demand in a second. */
export const makeTrace = (
  shape: Shape,
  { days, peak, seed = 1 }: Readonly<{ days: number; peak: number; seed?: number }>,
): Trace => {
  const steps = Math.round((days * DAY_SECONDS) / 60);
  const valueAt = SHAPES[shape](days * DAY_SECONDS, createRandom(seed));
  return {
    name: shape,
    // 2026-03-02T00:00:00Z, a Monday.
    start: 1_772_409_600,
    stepSeconds: 60,
    demand: Float64Array.from({ length: steps }, (_, step) => peak * valueAt(60 * step + 30)),
    saturated: new Uint8Array(steps),
  };
};
