import type { Chart } from '#domain/notify/chart.ts';
import { blankCanvas, type Canvas, POINTER_HEIGHT, pointer } from './canvas.ts';
import { drawPlot } from './plot.ts';
import { encodePng } from './png.ts';
import { drawable } from './series.ts';
import { DARK, GREY, PICTURE } from './style.ts';
import { TEXT_HEIGHT, textWidth, write } from './text.ts';
import { hourAndMinute } from './time-scale.ts';

/** The chart as a PNG of 640 × 200 pixels, for a mail or a thread. Times are in UTC. */
export const chartPng = (chart: Chart): Uint8Array => {
  const canvas = blankCanvas(WIDTH, HEIGHT);
  const drawn = drawable(chart);
  drawHeading(canvas, drawn);
  if (drawn.points.length === 0) drawNothing(canvas);
  else drawPlot(canvas, drawn);

  return encodePng(canvas);
};

const { width: WIDTH, height: HEIGHT, margin: MARGIN, gap: GAP } = PICTURE;
const TITLE_TOP = 10;

/** The title, and at the right when the decision was made. */
const drawHeading = (canvas: Canvas, { title, mark }: Chart): void => {
  const clock = mark === undefined ? 'UTC' : `${hourAndMinute(mark)} UTC`;
  const x = WIDTH - MARGIN - textWidth(clock);
  write(canvas, { x, y: TITLE_TOP, text: clock }, GREY);
  const arrow = { x: x - GAP - POINTER_HEIGHT, y: TITLE_TOP + TEXT_HEIGHT - 2 };
  if (mark !== undefined) pointer(canvas, arrow, DARK);

  const text = cut(title, arrow.x - POINTER_HEIGHT - 2 * GAP - MARGIN);
  write(canvas, { x: MARGIN, y: TITLE_TOP, text }, DARK);
};

const cut = (text: string, width: number): string => {
  const room = Math.floor(width / textWidth('x'));
  const characters = [...text];
  return characters.length <= room ? text : `${characters.slice(0, room - 3).join('')}...`;
};

const drawNothing = (canvas: Canvas): void => {
  const text = 'no values';
  const x = Math.round((WIDTH - textWidth(text)) / 2);
  write(canvas, { x, y: (HEIGHT - TEXT_HEIGHT) / 2, text }, GREY);
};
