import { escapeHtml } from '../../shared/channels/escape-html.ts';
import { isoTime } from '../kernel/iso-time.ts';
import { escapeJson } from './escape-json.ts';
import { classOf } from './marks.ts';
import { PLOT, type Plot, plotSvg } from './plot.ts';
import type { Mark, ReportData } from './report-data.ts';

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
<main id="plots">
${plotsOf(data).map(plotSvg).join('\n')}
<aside id="tip" hidden></aside>
</main>
<p class="legend"><i class="out">▲</i> scaled out <i class="in">▼</i> scaled in <i class="replaced">◆</i> replaced targets <i class="held">●</i> held <i class="at-max">●</i> at its maximum <i class="blocked">●</i> blocked or failed. Point at a mark to see its trace.</p>
<h2>Decisions</h2>
<ol class="decisions">
${data.marks.map(decisionHtml).join('\n')}
</ol>
<script type="application/json" id="data">${escapeJson(clientData(data))}</script>
<script>${script}</script>
</body>
</html>
`;

const plotsOf = ({ points, marks, latencyLimitMs }: ReportData): readonly Plot[] => [
  {
    ...{ title: 'Load', unit: 'requests per second', points },
    lines: [{ name: 'load', style: 'area', read: (point) => point.requestsPerSecond }],
  },
  {
    ...{ title: 'Capacity', unit: 'instances', points, marks },
    lines: [
      { name: 'wanted', style: 'step', read: (point) => point.capacityDesired },
      { name: 'serving', style: 'step', read: (point) => point.serving },
    ],
  },
  {
    ...{ title: 'Response time', unit: 'p95 in milliseconds', points, limit: latencyLimitMs },
    lines: [{ name: 'p95', style: 'line', read: (point) => point.p95LatencyMs }],
  },
];

const decisionHtml = (
  mark: Mark,
): string => `<li class="${classOf(mark)}" id="${escapeHtml(mark.id)}">
<details><summary><time>${isoTime(mark.at).slice(11, 19)}</time> ${escapeHtml(mark.summary)}</summary>
<table>${mark.trace
  .map(
    ({ stage, subject, verdict, reason, detail, capacity }) =>
      `<tr><td>${escapeHtml(subject ?? stage)}</td><td>${verdict}</td><td>${reason}</td><td>${capacity ?? ''}</td><td>${escapeHtml(detail)}</td></tr>`,
  )
  .join('')}</table></details></li>`;

/** What the script needs to follow the pointer. */
const clientData = ({ points }: ReportData) => {
  return {
    ...{ left: PLOT.left, right: PLOT.width - PLOT.right, width: PLOT.width },
    points: points.map((point) => [
      isoTime(point.at).slice(11, 16),
      Math.round(point.requestsPerSecond),
      point.capacityDesired,
      point.serving,
      Math.round(point.p95LatencyMs),
    ]),
  };
};
