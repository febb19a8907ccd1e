import { escapeHtml } from '#channels/escape-html.ts';
import { type Axis, logAxis, valueAxis } from './axis.ts';
import type { Comparison, FrontPoint } from './compare.ts';
import { percent } from './describe-comparison.ts';
import { placeLabels } from './place-labels.ts';
import { MARGIN, SIZES, type Size } from './plot.ts';

/** Shares of violations below this are drawn at the left edge: a logarithm knows no zero. */
const LEAST_SHARE = 0.000_01;

/** The picture of cost against violations: rules as points, each peer as the line of its settings. */
export const frontSvg = (comparison: Comparison): string =>
  SIZES.map((size) => drawn(comparison, size)).join('\n');

type Frame = Readonly<{ x: Axis; y: Axis; size: Size }>;

const drawn = (comparison: Comparison, size: Size): string => {
  const { rows, fronts } = comparison;
  const dots = rows.filter(({ kind }) => kind !== 'peer');
  const all = [...fronts.flatMap(({ points }) => points), ...rows.map(pointOf)];
  const height = 1.6 * size.height;
  const largest = Math.max(...all.map(({ violated }) => violated), 0.01);
  const frame: Frame = {
    size: { ...size, height },
    x: logAxis([100 * LEAST_SHARE, 100 * largest], [MARGIN.left, size.width - MARGIN.right]),
    y: valueAxis(Math.max(...all.map(({ overOptimum }) => overOptimum)), [
      height - MARGIN.bottom,
      MARGIN.top,
    ]),
  };
  return [
    `<svg class="${size.name}" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="Cost over the optimum against violated requests">`,
    `<text class="title" x="${MARGIN.left}" y="14">Cost over the optimum <tspan class="unit">${size.name === 'narrow' ? 'by violations' : 'against violated requests in percent, logarithmic; left and low is good'}</tspan></text>`,
    gridOf(frame),
    ...fronts.map((front, index) => lineOf(front, index, frame)),
    ...dots.map((row) => dotOf(pointOf(row), row.kind, frame)),
    ...labelsOf(dots, fronts, frame),
    '</svg>',
  ].join('\n');
};

type Drawn = Readonly<{ point: FrontPoint; colour: string; weight: number }>;

/** The names of what is drawn: rules and bounds first, so that they stand nearest to their points. */
const labelsOf = (
  dots: Comparison['rows'],
  fronts: Comparison['fronts'],
  frame: Frame,
): readonly string[] => {
  const drawnPoints: readonly Drawn[] = [
    ...dots.map((row) => ({ point: pointOf(row), colour: colourOf(row.kind), weight: 600 })),
    ...fronts.flatMap(({ name, points }, index) => {
      const [first] = orderedOf(points);
      if (first === undefined) return [];
      return [{ point: { ...first, label: name }, colour: colourAt(index), weight: 400 }];
    }),
  ];
  const labels = drawnPoints.map(({ point }) => {
    const [left, top] = place(point, frame);
    return { text: point.label, left, top };
  });
  const { width, height } = frame.size;
  const room = {
    left: MARGIN.left,
    right: width,
    top: MARGIN.top - 8,
    bottom: height - MARGIN.bottom,
  };
  return placeLabels(labels, room).map(({ x, y }, index) => {
    const { point, colour, weight } = drawnPoints[index] as Drawn;
    return `<text class="tick" x="${pixel(x)}" y="${pixel(y)}" style="fill:${colour};font-weight:${weight}">${escapeHtml(point.label)}</text>`;
  });
};

const pointOf = ({ name, violated, overOptimum }: Comparison['rows'][number]): FrontPoint => ({
  violated,
  overOptimum,
  label: name,
});

const gridOf = ({ x, y, size }: Frame): string =>
  [
    ...y.ticks.map(
      (tick) =>
        `<path class="grid" d="M${MARGIN.left} ${pixel(y.of(tick))}H${size.width - MARGIN.right}" /><text class="tick" x="${MARGIN.left - 8}" y="${pixel(y.of(tick))}" text-anchor="end" dy="4">${tick}</text>`,
    ),
    ...x.ticks
      .filter((tick) => String(tick).replace(/[0.]/g, '') === '1')
      .map(
        (tick) =>
          `<path class="grid" d="M${pixel(x.of(tick))} ${MARGIN.top}V${size.height - MARGIN.bottom}" /><text class="tick" x="${pixel(x.of(tick))}" y="${size.height - 8}" text-anchor="middle">${tick} %</text>`,
      ),
  ].join('\n');

const place = (
  { violated, overOptimum }: FrontPoint,
  { x, y }: Frame,
): readonly [number, number] => [
  pixel(x.of(100 * Math.max(violated, LEAST_SHARE))),
  pixel(y.of(overOptimum)),
];

const lineOf = (
  { name, points }: Comparison['fronts'][number],
  index: number,
  frame: Frame,
): string => {
  const ordered = orderedOf(points);
  const corners = ordered.map((point) => place(point, frame));
  const colour = colourAt(index);
  return [
    `<polyline fill="none" stroke="${colour}" stroke-width="1.6" points="${corners.map((corner) => corner.join(',')).join(' ')}" />`,
    ...ordered.map(
      (point, at) =>
        `<circle cx="${corners[at]?.[0]}" cy="${corners[at]?.[1]}" r="3" fill="${colour}"><title>${escapeHtml(titleOf(name, point))}</title></circle>`,
    ),
  ].join('\n');
};

const COLOURS = ['var(--blue)', 'var(--teal)', 'var(--amber)', 'var(--soft)'] as const;

const colourAt = (index: number): string => COLOURS[index % COLOURS.length] ?? COLOURS[0];

const colourOf = (kind: string): string => (kind === 'rules' ? 'var(--red)' : 'var(--ink)');

const orderedOf = (points: readonly FrontPoint[]): readonly FrontPoint[] =>
  [...frontier(points)].sort((a, b) => a.violated - b.violated);

/** The settings that no other setting of the same peer beats in both. */
const frontier = (points: readonly FrontPoint[]): readonly FrontPoint[] =>
  points.filter(
    (point) =>
      !points.some(
        (other) =>
          other.violated <= point.violated &&
          other.overOptimum <= point.overOptimum &&
          (other.violated < point.violated || other.overOptimum < point.overOptimum),
      ),
  );

const dotOf = (point: FrontPoint, kind: string, frame: Frame): string => {
  const [left, top] = place(point, frame);
  return `<circle cx="${left}" cy="${top}" r="6" fill="${colourOf(kind)}"><title>${escapeHtml(titleOf(point.label, point))}</title></circle>`;
};

const titleOf = (name: string, { violated, overOptimum, label }: FrontPoint): string =>
  `${name}${label === name ? '' : ` ${label}`}: ${overOptimum.toFixed(3)} of the optimum, ${percent(violated)} violated`;

const pixel = (value: number): number => Math.round(value * 10) / 10;
