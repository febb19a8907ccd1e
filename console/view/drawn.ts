import type { Chart, WorldEvent } from '#console/page/data.ts';
import type { TimeWindow } from '#console/page/time-window.ts';

/** All that a plot draws. */
export type Drawn = Readonly<{
  chart: Chart;
  times: readonly number[];
  window: TimeWindow;
  events: readonly WorldEvent[];
  /** The times in which a person had the group in hand. */
  bands: readonly TimeWindow[];
}>;
