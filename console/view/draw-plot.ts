import type uPlot from 'uplot';
import type { Threshold } from '#console/page/data.ts';
import type { TimeWindow } from '#console/page/time-window.ts';
import type { Colours } from './colours.ts';
import type { Drawn } from './drawn.ts';

/** Draws what lies under the lines: the times in which a person had the group in hand. */
export const drawBelow = (plot: uPlot, { bands, window }: Drawn, colours: Colours): void => {
  for (const { from, to } of bands) {
    const [begin, end] = [Math.max(from, window.from), Math.min(to, window.to)];
    if (end > begin) drawBand(plot, { from: begin, to: end }, colours);
  }
};

const drawBand = (plot: uPlot, { from: begin, to: end }: TimeWindow, colours: Colours): void => {
  const { ctx, bbox } = plot;
  const [left, right] = [plot.valToPos(begin, 'x', true), plot.valToPos(end, 'x', true)];
  ctx.save();
  ctx.fillStyle = colours.held;
  ctx.fillRect(left, bbox.top, right - left, bbox.height);
  ctx.restore();
};

/** Draws what lies over the lines: thresholds with their names, and what happened to the fleet. */
export const drawAbove = (plot: uPlot, drawn: Drawn, colours: Colours): void => {
  const { ctx } = plot;
  ctx.save();
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  for (const [index, threshold] of drawn.chart.thresholds.entries()) {
    drawThreshold(plot, threshold, { index, colours });
  }
  const { from, to } = drawn.window;
  const happened = drawn.events.filter(({ at }) => at >= from && at <= to);
  for (const [row, { at, text }] of happened.entries()) {
    const label = drawn.chart.kind === 'demand' ? text : '';
    drawEvent(plot, { at, text: label, row: row % EVENT_ROWS }, colours);
  }
  ctx.restore();
};

type Place = Readonly<{ index: number; colours: Colours }>;

/** Every second name stands at the left, where two would touch. */
const drawThreshold = (
  plot: uPlot,
  { value, label, isBound }: Threshold,
  { index, colours }: Place,
): void => {
  const { ctx, bbox } = plot;
  const top = plot.valToPos(value, 'y', true);
  if (top < bbox.top || top > bbox.top + bbox.height) return;
  const colour = isBound === true ? colours.soft : colours.red;
  ctx.strokeStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, top);
  ctx.lineTo(bbox.left + bbox.width, top);
  ctx.stroke();
  ctx.setLineDash([]);
  const isLeft = isBound !== true && index % 2 === 1;
  const edge = 4 * devicePixelRatio;
  ctx.textAlign = isLeft ? 'left' : 'right';
  const isLower = isBound === true && index % 2 === 1;
  const below = isLower || top - bbox.top < 14 * devicePixelRatio;
  ctx.textBaseline = below ? 'top' : 'bottom';
  write(plot, {
    text: label,
    x: isLeft ? bbox.left + edge : bbox.left + bbox.width - edge,
    y: top + (below ? edge : -edge / 2),
    colour,
    paper: colours.paper,
  });
};

/** Labels of events that follow each other stand below each other, so that they do not touch. */
const EVENT_ROWS = 3;
const ROW_PIXELS = 14;

const drawEvent = (
  plot: uPlot,
  { at, text, row }: Readonly<{ at: number; text: string; row: number }>,
  colours: Colours,
): void => {
  const { ctx, bbox } = plot;
  const left = plot.valToPos(at, 'x', true);
  ctx.strokeStyle = colours.amber;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(left, bbox.top);
  ctx.lineTo(left, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  const gap = 4 * devicePixelRatio;
  const { width } = ctx.measureText(text);
  const isLate = left + gap + width > bbox.left + bbox.width;
  write(plot, {
    text,
    x: isLate ? Math.max(0, left - gap - width) : left + gap,
    y: bbox.top + gap + row * ROW_PIXELS * devicePixelRatio,
    colour: colours.amber,
    paper: colours.paper,
  });
};

type Writing = Readonly<{ text: string; x: number; y: number; colour: string; paper: string }>;

/** Writes a text with a rim of the paper's colour, so that lines do not cut through it. */
const write = ({ ctx }: uPlot, { text, x, y, colour, paper }: Writing): void => {
  ctx.lineWidth = 3 * devicePixelRatio;
  ctx.lineJoin = 'round';
  ctx.strokeStyle = paper;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
};
