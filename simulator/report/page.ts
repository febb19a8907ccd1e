import { escapeHtml } from '#channels/escape-html.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';
import { escapeJson } from './escape-json.ts';
import { classOf } from './marks.ts';
import { type Line, MARGIN, type Plot, plotSvg, SIZES } from './plot.ts';
import type { Dot, Mark, Point, ReportData, Threshold } from './report-data.ts';

export type Assets = Readonly<{ css: string; script: string }>;

/** The whole report as one page that needs nothing else: no network, no server. */
export const reportPage = (data: ReportData, { css, script }: Assets): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapeHtml(data.title)}</title>
<style>${css}</style>
</head>
<body>
<header><h1>${escapeHtml(data.title)}</h1><p>${escapeHtml(data.subtitle)}</p></header>
<dl class="figures">${data.figures.map(({ name, value }) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>
<main>
<div id="plots">
${plotsOf(data).map(plotHtml).join('\n')}
<aside id="tip" role="status" hidden></aside>
</div>
<p class="legend">Point at a mark, or go to one with Tab and the arrow keys, to see its trace; Enter opens it in the list.</p>
${data.beside === undefined ? '' : `<h2>Beside other ways to scale</h2>\n<p class="legend">The same load without accidents.</p>\n${data.beside}`}
<h2>Decisions</h2>
${filterHtml(data.marks)}
<ol class="decisions">
${data.marks.map(decisionHtml).join('\n')}
</ol>
<p id="none" hidden>No decision is of these kinds and has these words.</p>
</main>
<script type="application/json" id="data">${escapeJson(clientData(data))}</script>
<script>${script}</script>
</body>
</html>
`;

/** The plot in each size; the style sheet shows the one that fits. */
const plotHtml = (plot: Plot): string => SIZES.map((size) => plotSvg(plot, size)).join('\n');

const plotsOf = (data: ReportData): readonly Plot[] => {
  const { points, marks, metrics, latencyLimitMs } = data;
  const span = [points[0]?.at ?? 0, points.at(-1)?.at ?? 1] as const;
  const line = (name: string, style: Line['style'], read: (point: Point) => number): Line => ({
    name,
    style,
    dots: points.map((point) => ({ at: point.at, value: read(point) })),
  });

  return [
    {
      title: 'Load',
      unit: 'requests per second',
      span,
      lines: [line('load', 'area', (point) => point.requestsPerSecond)],
    },
    {
      title: 'Capacity',
      unit: 'instances',
      span,
      marks,
      lines: [
        line('wanted', 'step', (point) => point.capacityDesired),
        line('serving', 'step', (point) => point.serving),
      ],
    },
    ...metrics.map(({ name, unit, thresholds, values }) => ({
      title: name,
      unit,
      span,
      limits: thresholds,
      isLogarithmic: isSteep(values, thresholds),
      lines: [{ name, style: 'line' as const, dots: values }],
    })),
    {
      title: 'Response time',
      unit: 'p95 in ms, logarithmic',
      span,
      isLogarithmic: true,
      limits: [{ value: latencyLimitMs, label: `slow from ${latencyLimitMs} ms` }],
      lines: [line('p95', 'line', (point) => point.p95LatencyMs)],
    },
  ];
};

/** Tells apart a metric whose peaks would press the values at which rules act to the floor. */
const isSteep = (dots: readonly Dot[], thresholds: readonly Threshold[]): boolean => {
  const values = dots.flatMap(({ value }) => value ?? []);
  const limit = Math.max(0, ...thresholds.map(({ value }) => value));
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  return limit > 0 && largest > STEEP * limit && values.every((value) => value > 0);
};
const STEEP = 8;

/** The kinds of decisions as people read them, with their signs. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['out', '▲ scaled out'],
  ['in', '▼ scaled in'],
  ['replaced', '◆ replaced targets'],
  ['at-max', '● at its maximum'],
  ['blocked', '● blocked'],
  ['failed', '● failed'],
  ['held', '● held'],
]);

const filterHtml = (marks: readonly Mark[]): string => {
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(classOf(mark), (counts.get(classOf(mark)) ?? 0) + 1);
  const kinds = [...new Set([...KINDS.keys(), ...counts.keys()])].filter((kind) =>
    counts.has(kind),
  );
  const boxes = kinds.map(
    (kind) =>
      `<label class="${kind}"><input type="checkbox" name="${kind}" checked> ${KINDS.get(kind) ?? kind} <small>${counts.get(kind)}</small></label>`,
  );
  return `<form id="filter" role="search" aria-label="Filter of decisions">${boxes.join('')}<label>with the words <input type="search" name="words" placeholder="cpu-high"></label></form>`;
};

const decisionHtml = (
  mark: Mark,
): string => `<li class="${classOf(mark)}" data-kind="${classOf(mark)}" id="${escapeHtml(mark.id)}">
<details><summary><time>${isoTime(mark.at).slice(11, 19)}</time> ${escapeHtml(mark.summary)}</summary>
<div class="trace"><table>${mark.trace
  .map(
    ({ stage, subject, verdict, reason, detail, capacity }) =>
      `<tr><td>${escapeHtml(subject ?? stage)}</td><td>${verdict}</td><td>${reason}</td><td>${capacity ?? ''}</td><td>${escapeHtml(detail)}</td></tr>`,
  )
  .join('')}</table></div></details></li>`;

/** The data by which the script follows the pointer. */
const clientData = ({ points, metrics }: ReportData) => ({
  left: MARGIN.left,
  right: MARGIN.right,
  sizes: Object.fromEntries(SIZES.map(({ name, width }) => [name, width])),
  metrics: metrics.map(({ name }) => name),
  points: points.map((point, index) => [
    isoTime(point.at).slice(11, 16),
    Math.round(point.requestsPerSecond),
    point.capacityDesired,
    point.serving,
    Math.round(point.p95LatencyMs),
    ...metrics.map(({ values }) => rounded(values[index]?.value)),
  ]),
});

const rounded = (value: number | undefined): number | null =>
  value === undefined ? null : Number(value.toPrecision(4));
