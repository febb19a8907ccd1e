import { escapeHtml } from '#channels/escape-html.ts';
import type { Instant } from '#domain/time/instant.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';
import { type Axis, timeAxis, valueAxis } from './axis.ts';

/** A value at a moment; nothing where it was missing. */
export type Dot = Readonly<{ at: Instant; value: number | undefined }>;

/** The size of a plot; the page shows the one that fits, so that its text is never shrunk. */
export type Size = Readonly<{
  name: 'wide' | 'medium' | 'narrow';
  width: number;
  height: number;
  /** Count of times that have room on the axis. */
  times: number;
}>;

export const SIZES: readonly Size[] = [
  { name: 'wide', width: 1_120, height: 210, times: 12 },
  { name: 'medium', width: 680, height: 210, times: 12 },
  { name: 'narrow', width: 350, height: 190, times: 6 },
];

/** The frame around a plot, in pixels. */
export const MARGIN = { left: 52, right: 12, top: 28, bottom: 24 } as const;

export type Line = Readonly<{
  name: string;
  /** `area` is filled down to zero, `step` holds each value until the next. */
  style: 'area' | 'step' | 'line';
  dots: readonly Dot[];
}>;

export type Plot = Readonly<{
  title: string;
  unit: string;
  lines: readonly Line[];
  /** The first and the last moment. */
  span: readonly [number, number];
}>;

/** One plot as SVG. */
export const plotSvg = (plot: Plot, size: Size): string => {
  const { lines, span } = plot;
  const x = timeAxis(span, [MARGIN.left, size.width - MARGIN.right], size.times);
  const y = verticalAxis(plot, [size.height - MARGIN.bottom, MARGIN.top]);

  return [
    `<svg class="${size.name}" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escapeHtml(plot.title)}">`,
    gridSvg({ x, y, size }),
    `<text class="title" x="${MARGIN.left}" y="14">${escapeHtml(plot.title)} <tspan class="unit">${escapeHtml(plot.unit)}</tspan></text>`,
    legendSvg(lines, size),
    ...lines.map((line, index) => lineSvg(line, index, { x, y, size })),
    '</svg>',
  ].join('\n');
};

const verticalAxis = ({ lines }: Plot, range: readonly [number, number]): Axis => {
  const values = lines.flatMap(({ dots }) => dots.flatMap(({ value }) => value ?? []));
  return valueAxis(
    values.reduce((most, value) => Math.max(most, value), 0),
    range,
  );
};

type Frame = Readonly<{ x: Axis; y: Axis; size: Size }>;

const gridSvg = ({ x, y, size }: Frame): string => {
  const right = size.width - MARGIN.right;
  return [
    ...y.ticks.map((tick) => {
      const at = pixel(y.of(tick));
      return `<path class="grid" d="M${MARGIN.left} ${at}H${right}" /><text class="tick" x="${MARGIN.left - 8}" y="${at}" text-anchor="end" dy="4">${tick}</text>`;
    }),
    ...x.ticks.map((tick) => {
      const at = pixel(x.of(tick));
      return `<path class="grid" d="M${at} ${MARGIN.top}V${size.height - MARGIN.bottom}" /><text class="tick" x="${at}" y="${size.height - 8}" text-anchor="middle">${isoTime(tick).slice(11, 16)}</text>`;
    }),
  ].join('\n');
};

/** The names of the lines, beside the title; below it where there is no room. */
const legendSvg = (lines: readonly Line[], { name: size, width }: Size): string =>
  lines.length < 2
    ? ''
    : lines
        .map(({ name }, index) => {
          const left = width - MARGIN.right - (lines.length - index) * 70;
          const y = size === 'narrow' ? 26 : 14;
          return `<path class="line line-${index}" d="M${left} ${y - 4}h14" /><text class="tick" x="${left + 19}" y="${y}">${escapeHtml(name)}</text>`;
        })
        .join('\n');

const lineSvg = ({ style, dots }: Line, index: number, { x, y, size }: Frame): string => {
  const corners = thinned(dots, size.width - MARGIN.left - MARGIN.right).map(({ at, value }) =>
    value === undefined ? undefined : ([pixel(x.of(at)), pixel(y.of(value))] as const),
  );
  const path = corners
    .map((corner, number) => {
      if (corner === undefined) return '';
      const [left, top] = corner;
      if (corners[number - 1] === undefined) return `M${left} ${top}`;
      return style === 'step' ? `H${left}V${top}` : `L${left} ${top}`;
    })
    .join('');
  const line = `<path class="line line-${index}" d="${path}" />`;
  const [first] = corners;
  if (style !== 'area' || first === undefined) return line;

  const floor = pixel(y.of(0));
  const area = `${path}V${floor}H${first[0]}Z`;
  return `<path class="area area-${index}" d="${area}" />${line}`;
};

/** No more dots than pixels: of those that share one, the highest. */
const thinned = (dots: readonly Dot[], pixels: number): readonly Dot[] => {
  const step = Math.ceil(dots.length / pixels);
  if (step <= 1) return dots;
  return Array.from({ length: Math.ceil(dots.length / step) }, (_, index) => {
    const few = dots.slice(index * step, (index + 1) * step);
    const values = few.flatMap(({ value }) => value ?? []);
    return {
      at: few[0]?.at ?? 0,
      value: values.length === 0 ? undefined : Math.max(...values),
    };
  });
};

const pixel = (value: number): number => Math.round(value * 10) / 10;
