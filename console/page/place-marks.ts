import type { Chart, Mark } from './data.ts';
import { placeAt, type TimeWindow } from './time-window.ts';

/** The plot area of a chart in pixels, and the values at its edges. */
export type PlotFrame = Readonly<{
  left: number;
  top: number;
  width: number;
  height: number;
  lowest: number;
  highest: number;
}>;

export type PlacedMark = Readonly<{ mark: Mark; x: number; y: number }>;

/**
 * Puts each decision of a window where the capacity was: a change at the capacity that it made, all others on the
 * line of the desired capacity at their time.
 */
export const placeMarks = (
  marks: readonly Mark[],
  { times, chart, window, frame }: PlotOfMarks,
): readonly PlacedMark[] => {
  const desired = chart.lines[0]?.values ?? [];
  const across = (at: number): number =>
    frame.left + (frame.width * (at - window.from)) / (window.to - window.from);
  const up = (value: number): number =>
    frame.top +
    frame.height -
    (frame.height * (value - frame.lowest)) / (frame.highest - frame.lowest || 1);

  return marks
    .filter(({ at }) => at >= window.from && at <= window.to)
    .map((mark) => ({
      mark,
      x: across(mark.at),
      y: up(mark.change?.to ?? desired[placeAt(times, mark.at)] ?? 0),
    }));
};

type PlotOfMarks = Readonly<{
  times: readonly number[];
  /** The chart that has the marks; its first line is the desired capacity. */
  chart: Pick<Chart, 'lines'>;
  window: TimeWindow;
  frame: PlotFrame;
}>;
