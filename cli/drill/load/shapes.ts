import { SECOND_MS } from '#domain/time/instant.ts';

/** A stretch of load: from one rate to another, evenly. */
export type Stage = Readonly<{
  seconds: number;
  /** Requests a second at its begin and at its end. */
  from: number;
  to: number;
}>;

/** The shapes that a load can have, each with the sentence that says so. */
export const SHAPES = {
  gradual: 'begins with a third of the rate, rises evenly to all of it, stays there, and falls',
  spike: 'a quarter of the rate, then all of it from one second to the next, then a quarter again',
  sustained: 'rises in the first tenth of the time, and stays at the rate',
} as const;
export type Shape = keyof typeof SHAPES;

/** A stretch as shares: of the time, and of the rate at its begin and at its end. */
type Part = readonly [time: number, from: number, to: number];

const PARTS: Readonly<Record<Shape, readonly Part[]>> = {
  gradual: [
    [0.1, 1 / 3, 1 / 3],
    [0.6, 1 / 3, 1],
    [0.2, 1, 1],
    [0.1, 1, 1 / 3],
  ],
  spike: [
    [0.2, 0.25, 0.25],
    [0.6, 1, 1],
    [0.2, 0.25, 0.25],
  ],
  sustained: [
    [0.1, 0, 1],
    [0.9, 1, 1],
  ],
};

/** The stages of a shape with so many requests a second at its top, over so many seconds. */
export const stagesOf = (shape: Shape, rate: number, seconds: number): readonly Stage[] =>
  PARTS[shape].map(([time, from, to]) => ({
    seconds: time * seconds,
    from: from * rate,
    to: to * rate,
  }));

/** So many requests are due once so many milliseconds have passed: whole ones, of all stages so far. */
export const dueBy = (stages: readonly Stage[], elapsedMs: number): number => {
  let left = elapsedMs / SECOND_MS;
  let due = 0;
  for (const { seconds, from, to } of stages) {
    const time = Math.min(seconds, left);
    if (time <= 0) break;
    // The area under the line from one rate to the other, as far as time has passed.
    due += from * time + ((to - from) * time * time) / (2 * seconds);
    left -= time;
  }
  // Sums of thirds end a hair below the whole number that they mean.
  return Math.floor(due + 1e-6);
};

/** The requests of all stages. */
export const totalOf = (stages: readonly Stage[]): number =>
  dueBy(stages, stages.reduce((sum, { seconds }) => sum + seconds, 1) * SECOND_MS);
