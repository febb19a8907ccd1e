import { escapeHtml } from '../../shared/channels/escape-html.ts';
import { isoTime } from '../kernel/iso-time.ts';
import { type Axis, timeAxis, valueAxis } from './axis.ts';
import { markShapes } from './marks.ts';
import type { Mark, Point } from './report-data.ts';

export const PLOT = { width: 1120, height: 210, left: 64, right: 12, top: 26, bottom: 24 } as const;

export type Line = Readonly<{
  name: string;
  /** `area` is filled down to zero, `step` holds each value until the next. */
  style: 'area' | 'step' | 'line';
  read: (point: Point) => number;
}>;

export type Plot = Readonly<{
  title: string;
  unit: string;
  lines: readonly Line[];
  points: readonly Point[];
  marks?: readonly Mark[];
  /** A dashed line that values should stay below. */
  limit?: number;
}>;

/** One plot as SVG, over the time that its points span. */
export const plotSvg = (plot: Plot): string => {
  const { points, lines, limit } = plot;
  const x = timeAxis(spanOf(points), [PLOT.left, PLOT.width - PLOT.right]);
  const largest = largestOf(points, lines, limit);
  const y = valueAxis(largest, [PLOT.height - PLOT.bottom, PLOT.top]);

  return [
    `<svg viewBox="0 0 ${PLOT.width} ${PLOT.height}" role="img" aria-label="${escapeHtml(plot.title)}">`,
    gridSvg(x, y),
    `<text class="title" x="${PLOT.left}" y="14">${escapeHtml(plot.title)} <tspan class="unit">${escapeHtml(plot.unit)}</tspan></text>`,
    legendSvg(lines),
    ...lines.map((line, index) => lineSvg(line, index, { points, x, y })),
    ...(limit === undefined ? [] : [limitSvg(y.of(limit))]),
    markShapes(plot.marks ?? [], x, y),
    '<line class="cursor" y1="20" y2="186" visibility="hidden" />',
    '</svg>',
  ].join('\n');
};

const spanOf = (points: readonly Point[]): readonly [number, number] => [
  points[0]?.at ?? 0,
  points.at(-1)?.at ?? 1,
];

const largestOf = (points: readonly Point[], lines: readonly Line[], limit = 0): number =>
  points.reduce(
    (largest, point) => Math.max(largest, ...lines.map(({ read }) => read(point))),
    limit * 1.2,
  );

const gridSvg = (x: Axis, y: Axis): string =>
  [
    ...y.ticks.map((tick) => {
      const at = pixel(y.of(tick));
      return `<path class="grid" d="M${PLOT.left} ${at}H${PLOT.width - PLOT.right}" /><text class="tick" x="${PLOT.left - 8}" y="${at}" text-anchor="end" dy="4">${tick}</text>`;
    }),
    ...x.ticks.map((tick) => {
      const at = pixel(x.of(tick));
      return `<path class="grid" d="M${at} ${PLOT.top}V${PLOT.height - PLOT.bottom}" /><text class="tick" x="${at}" y="${PLOT.height - 8}" text-anchor="middle">${isoTime(tick).slice(11, 16)}</text>`;
    }),
  ].join('\n');

const legendSvg = (lines: readonly Line[]): string =>
  lines.length < 2
    ? ''
    : lines
        .map(({ name }, index) => {
          const left = PLOT.width - PLOT.right - (lines.length - index) * 110;
          return `<path class="line line-${index}" d="M${left} 10h18" /><text class="tick" x="${left + 24}" y="14">${escapeHtml(name)}</text>`;
        })
        .join('\n');

type Frame = Readonly<{ points: readonly Point[]; x: Axis; y: Axis }>;

const lineSvg = ({ style, read }: Line, index: number, { points, x, y }: Frame): string => {
  const corners = points.map((point) => [pixel(x.of(point.at)), pixel(y.of(read(point)))]);
  const path = corners
    .map(([left, top], corner) => {
      if (corner === 0) return `M${left} ${top}`;
      return style === 'step' ? `H${left}V${top}` : `L${left} ${top}`;
    })
    .join('');
  const line = `<path class="line line-${index}" d="${path}" />`;
  if (style !== 'area' || corners.length === 0) return line;

  const floor = pixel(y.of(0));
  const area = `${path}V${floor}H${corners[0]?.[0]}Z`;
  return `<path class="area area-${index}" d="${area}" />${line}`;
};

const limitSvg = (top: number): string =>
  `<path class="limit" d="M${PLOT.left} ${pixel(top)}H${PLOT.width - PLOT.right}" />`;

const pixel = (value: number): number => Math.round(value * 10) / 10;
