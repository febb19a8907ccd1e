import uPlot from 'uplot';
import { logTicks, rangeOf } from '#console/page/chart-range.ts';
import type { Chart, Line } from '#console/page/data.ts';
import { formatTick } from '#console/page/format-value.ts';
import type { PlotFrame } from '#console/page/place-marks.ts';
import { stackBands } from '#console/page/stack-bands.ts';
import { clockOf, placeAt, type TimeWindow } from '#console/page/time-window.ts';
import { type Colours, coloursOf } from './colours.ts';
import { drawAbove, drawBelow } from './draw-plot.ts';
import type { Drawn } from './drawn.ts';

/** The wishes of a plot's owner, who may have new ones at every moment. */
type Owner = Drawn &
  Readonly<{
    setFrame: (frame: PlotFrame) => void;
    setCursor: (at: number | undefined) => void;
    zoom: (window: TimeWindow | undefined) => void;
  }>;

const HEIGHTS = { marks: 210, demand: 110, metric: 120, latency: 120 } as const;
const AXIS_WIDTH = 46;

/** The columns of a plot; a logarithmic one cannot show what is not above zero. */
export const toColumns = ({ chart, times }: Pick<Drawn, 'chart' | 'times'>): uPlot.AlignedData => [
  [...times],
  ...stackBands(chart.lines).map(({ values }) =>
    values.map((value) =>
      chart.isLogarithmic === true && value !== null && value <= 0 ? null : value,
    ),
  ),
];

/** Draws a chart into an element, and tells its owner where its edges are and where the cursor is. */
export const createPlot = (box: HTMLElement, owner: () => Owner): uPlot => {
  const { chart } = owner();
  const colours = coloursOf(box);
  const options: uPlot.Options = {
    width: Math.max(200, Math.floor(box.clientWidth)),
    height: HEIGHTS[chart.kind],
    ms: 1,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: true, range: () => [owner().window.from, owner().window.to] },
      y: {
        distr: chart.isLogarithmic === true ? 3 : 1,
        range: () => [...rangeOf(visiblePart(owner()))],
      },
    },
    axes: axesOf(chart, colours),
    series: [{}, ...chart.lines.map((line, index) => seriesOf(line, index, colours))],
    bands: bandsOf(chart, colours),
    cursor: {
      sync: { key: 'tidegate' },
      drag: { x: true, y: false, setScale: false },
      y: false,
      points: { size: 6 },
    },
    hooks: hooksOf(owner, colours),
  };
  return new uPlot(options, toColumns(owner()), box);
};

/** The chart with the values of the window alone, so that its axis fits what is seen. */
const visiblePart = ({ chart, times, window }: Drawn): Chart => {
  const [first, last] = [placeAt(times, window.from), placeAt(times, window.to)];
  return {
    ...chart,
    lines: stackBands(chart.lines).map((line) => ({
      ...line,
      values: line.values.slice(first, last + 1),
    })),
  };
};

const axesOf = (chart: Chart, colours: Colours): uPlot.Axis[] => {
  const shared = {
    stroke: colours.soft,
    font: '11px system-ui, sans-serif',
    grid: { stroke: colours.grid, width: 1 },
    ticks: { show: false },
  };
  return [
    {
      ...shared,
      size: 22,
      gap: 4,
      values: (_, splits) => splits.map((at) => clockOf(at)),
      space: 64,
      incrs: [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * 60_000),
    },
    {
      ...shared,
      size: AXIS_WIDTH,
      gap: 6,
      space: 28,
      values: (_, splits: readonly (number | null)[]) =>
        splits.map((value) => (value === null ? '' : formatTick(value))),
      filter: (_, splits) => splits,
      ...(chart.isLogarithmic === true
        ? { splits: (...[, , low, high]) => [...logTicks([low, high])] }
        : {}),
    },
  ];
};

const seriesOf = (line: Line, index: number, colours: Colours): uPlot.Series => {
  const stroke = [colours.blue, colours.teal, colours.amber][index] ?? colours.soft;
  const { stepped } = uPlot.paths;
  return {
    label: line.name,
    stroke,
    width: index === 0 ? 2 : 1.6,
    points: { show: false },
    ...(line.style === 'area' ? { fill: colours.wash } : {}),
    ...(line.style === 'dashes' ? { dash: [5, 4] } : {}),
    ...(isStepped(line) && stepped !== undefined ? { paths: stepped({ align: 1 }) } : {}),
  };
};

/** A band has the edges of what lies under it, which holds each value until the next. */
const isStepped = ({ style }: Line): boolean => style === 'step' || style === 'band';

/** The fill between the edge of a band and the line that it lies on; the first series of a plot are its moments. */
const bandsOf = ({ lines }: Chart, colours: Colours): uPlot.Band[] =>
  lines.flatMap(({ style }, index) =>
    style === 'band'
      ? [{ series: [index + 1, index] as [number, number], fill: colours.pool }]
      : [],
  );

const hooksOf = (owner: () => Owner, colours: Colours): uPlot.Hooks.Arrays => ({
  drawClear: [(plot) => drawBelow(plot, owner(), colours)],
  draw: [
    (plot) => {
      drawAbove(plot, owner(), colours);
      owner().setFrame(frameOf(plot));
    },
  ],
  setCursor: [
    ({ cursor, data }) => {
      const at = cursor.idx === null || cursor.idx === undefined ? undefined : data[0][cursor.idx];
      owner().setCursor((cursor.left ?? -1) < 0 ? undefined : at);
    },
  ],
  setSelect: [
    (plot) => {
      const { left, width } = plot.select;
      if (width < 8) return;
      owner().zoom({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    },
  ],
  ready: [({ over }) => over.addEventListener('dblclick', () => owner().zoom(undefined))],
});

const frameOf = (plot: uPlot): PlotFrame => {
  const { left, top, width, height } = plot.bbox;
  const { min = 0, max = 1 } = plot.scales.y ?? {};
  return {
    left: left / devicePixelRatio,
    top: top / devicePixelRatio,
    width: width / devicePixelRatio,
    height: height / devicePixelRatio,
    lowest: min ?? 0,
    highest: max ?? 1,
  };
};
