import { type Chart, type ChartPoint, shortNumber } from '#domain/notify/chart.ts';
import { type Canvas, dashedLine, fillBox, type Position, pointer } from './canvas.ts';
import { curve, tintArea } from './curve.ts';
import { place, spanOf, type ValueRange, type ValueScale, valueScale } from './scale.ts';
import { stretches } from './series.ts';
import { BLUE, DARK, GREY, GRID, PICTURE, RED, ZERO } from './style.ts';
import { TEXT_HEIGHT, textWidth, write } from './text.ts';
import { timeSpan, timeTicks } from './time-scale.ts';

/** Draws a chart that has points: its axes, its line, its threshold and its mark. */
export const drawPlot = (canvas: Canvas, chart: Chart): void => {
  const plot = layOut(canvas, chart);
  const { points, threshold, mark } = chart;
  drawValues(plot);
  drawTimes(plot);
  drawSeries(plot, points);
  if (threshold !== undefined) drawThreshold(plot, threshold);
  if (mark !== undefined) drawMark(plot, mark);
};

type Plot = Readonly<{
  canvas: Canvas;
  /** Its borders in pixels. */
  left: number;
  right: number;
  times: ValueRange;
  values: ValueScale;
}>;

/** Leaves as much room at both sides as the numbers there need. */
const layOut = (canvas: Canvas, { points, threshold, mark }: Chart): Plot => {
  const limits = threshold === undefined ? [] : [threshold];
  const marks = mark === undefined ? [] : [mark];
  const values = valueScale(spanOf([...points.map(({ value }) => value), ...limits]));
  const times = timeSpan(spanOf([...points.map(({ at }) => at), ...marks]));
  const before = Math.max(...values.ticks.map(({ label }) => textWidth(label))) + GAP;
  const after = Math.max(0, ...limits.map((limit) => textWidth(shortNumber(limit)) + LIMIT_GAP));

  return { canvas, left: MARGIN + before, right: WIDTH - MARGIN - after, times, values };
};

const { width: WIDTH, margin: MARGIN, gap: GAP, top: TOP, bottom: BOTTOM } = PICTURE;

const acrossOf = ({ left, right, times }: Plot, at: number): number =>
  place(at, times, [left, right]);
const downOf = ({ values }: Plot, value: number): number => place(value, values, [BOTTOM, TOP]);

const drawValues = (plot: Plot): void => {
  const { canvas, left, right, values } = plot;
  for (const { value, label } of values.ticks) {
    const y = Math.round(downOf(plot, value));
    const colour = value === 0 && values.low < 0 ? ZERO : GRID;
    fillBox(canvas, { x: left, y, width: right - left, height: 1 }, colour);
    const x = left - GAP - textWidth(label);
    write(canvas, { x, y: y - TEXT_HEIGHT / 2, text: label }, GREY);
  }
};

const drawTimes = (plot: Plot): void => {
  const { canvas, left, right, times } = plot;
  for (const { value, label } of timeTicks(times, Math.floor((right - left) / TIME_EVERY))) {
    const centre = Math.round(acrossOf(plot, value));
    fillBox(canvas, { x: centre, y: BOTTOM + 1, width: 1, height: 4 }, ZERO);
    const width = textWidth(label);
    const x = Math.min(WIDTH - MARGIN - width, Math.round(centre - width / 2));
    write(canvas, { x, y: BOTTOM + GAP + 3, text: label }, GREY);
  }
};

/** Two times are so many pixels apart at least. */
const TIME_EVERY = 90;

const drawSeries = (plot: Plot, points: readonly ChartPoint[]): void => {
  const lines = stretches(points).map((stretch) =>
    stretch.map(({ at, value }): Position => ({ x: acrossOf(plot, at), y: downOf(plot, value) })),
  );
  const { low, high } = plot.values;
  const base = Math.round(downOf(plot, Math.min(high, Math.max(low, 0))));

  for (const places of lines) tintArea(plot.canvas, { places, base }, BLUE);
  for (const places of lines) curve(plot.canvas, places, BLUE);
};

/** Wider than the gap between dashes, or the last one would look like a minus. */
const LIMIT_GAP = 12;

/** Its number stands at its end, but never lower than the plot, where the times are. */
const drawThreshold = (plot: Plot, threshold: number): void => {
  const { canvas, left, right } = plot;
  const y = Math.round(downOf(plot, threshold));
  dashedLine(canvas, { x: left, y, width: right - left }, RED);
  const top = Math.min(y - TEXT_HEIGHT / 2, BOTTOM - TEXT_HEIGHT);
  write(canvas, { x: right + LIMIT_GAP, y: top, text: shortNumber(threshold) }, RED);
};

const drawMark = (plot: Plot, mark: number): void => {
  const x = Math.round(acrossOf(plot, mark));
  fillBox(plot.canvas, { x: x - 1, y: TOP, width: 2, height: BOTTOM - TOP }, DARK);
  pointer(plot.canvas, { x, y: TOP }, DARK);
};
