import { ref, type Value } from '../template.ts';

/** A widget without its place; the unit of both sizes is a cell of the grid, which is 24 cells wide. */
export type Widget = Readonly<{
  type: 'metric' | 'text';
  width: number;
  height: number;
  properties: Readonly<Record<string, Value>>;
  /** CloudWatch counts the metrics that the widgets of a dashboard have together. */
  metrics: number;
}>;

/** The metrics and expressions of a widget, each as CloudWatch writes it: names, dimensions, and options last. */
export type Line = readonly Value[];

type Graph = Readonly<{
  title: string;
  lines: readonly Line[];
  statistic?: string;
  periodSeconds?: number;
  /** Levels that are drawn across, such as a threshold or a bound. */
  levels?: readonly Readonly<{ label: string; value: number }>[];
  /** Labels of the axes; `right` is there only when a line asks for it. */
  left?: string;
  right?: string;
  width?: number;
}>;

const WIDTH = 8;
const HEIGHT = 6;

/** A graph over time (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html). */
export const graph = ({
  title,
  lines,
  statistic = 'Average',
  periodSeconds = 60,
  levels = [],
  left,
  right,
  width = WIDTH,
}: Graph): Widget => ({
  type: 'metric',
  width,
  height: HEIGHT,
  metrics: lines.length,
  properties: {
    title,
    view: 'timeSeries',
    region: ref('AWS::Region'),
    stat: statistic,
    period: periodSeconds,
    metrics: lines,
    yAxis: {
      left: { min: 0, ...(left === undefined ? {} : { label: left, showUnits: false }) },
      ...(right === undefined ? {} : { right: { min: 0, label: right, showUnits: false } }),
    },
    ...(levels.length === 0 ? {} : { annotations: { horizontal: levels } }),
  },
});

/** A line of text over the whole width. */
export const heading = (markdown: string, height = 1): Widget => ({
  type: 'text',
  width: 24,
  height,
  metrics: 0,
  properties: { markdown, background: 'transparent' },
});

/** A metric of one statistic as a line. Options follow the dimensions. */
export const line = (
  [namespace, name]: readonly [string, string],
  dimensions: Readonly<Record<string, Value>>,
  options: Readonly<Record<string, Value>> = {},
): Line => [namespace, name, ...Object.entries(dimensions).flat(), options];
