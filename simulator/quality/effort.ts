import type { Choices } from './choose.ts';
import { type Mix, mean, mixed } from './front.ts';
import { type Grid, settingsOf } from './grid.ts';
import type { Measured, Point } from './measure.ts';

/** The work that a policy makes, and its worst hour: means over traces, fleet sizes and seeds. */
export type Effort = Readonly<{
  /** The share of violated requests in the worst hour of the clock, from 0 to 1. */
  worstHour: number;
  /** Changes of the capacity in a day, and those that turned the one before round. */
  changes: number;
  reversals: number;
}>;

/** The effort with one setting for all traces. */
export const effortOf = (grid: Grid, { forAll }: Choices, mix: Mix): Effort => {
  const settings = settingsOf(grid);
  const knobs = settings.filter(({ variant }) => variant === 0).length;
  const over = (figureOf: (point: Point) => number): number =>
    mean(
      [...grid].flatMap(([trace, sizes]) =>
        [...sizes.values()]
          .flat()
          .map(({ points }: Measured) =>
            mixed(mix, (knob) => figureOf(points[forAll(trace) * knobs + knob] as Point)),
          ),
      ),
    );

  return {
    worstHour: over(({ worstHour }) => worstHour),
    changes: over(({ changes, hours }) => changes / hours.length),
    reversals: over(({ reversals, hours }) => reversals / hours.length),
  };
};
