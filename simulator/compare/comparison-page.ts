import { escapeHtml } from '#channels/escape-html.ts';
import { describeExactly } from '#domain/time/describe-instant.ts';
import type { Comparison } from './compare.ts';
import { percent } from './describe-comparison.ts';
import type { Difference } from './first-difference.ts';
import { frontSvg } from './front.ts';

type Page = Readonly<{
  title: string;
  subtitle: string;
  /** Sentences on what was assumed of instances, and on what the history lacks. */
  notes: readonly string[];
  difference?: Difference | undefined;
}>;

/** A comparison as one page that needs nothing else: the picture, the table, the first difference. */
export const comparisonPage = (
  comparison: Comparison,
  { title, subtitle, notes, difference }: Page,
  css: string,
): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${css}</style>
</head>
<body class="comparison-part">
<header><h1>${escapeHtml(title)}</h1><p>${escapeHtml(subtitle)}</p></header>
<main>
${comparisonHtml(comparison)}
${notes.map((note) => `<p class="legend">${escapeHtml(note)}</p>`).join('\n')}
${difference === undefined ? '' : differenceHtml(difference)}
</main>
</body>
</html>
`;

/** The picture and the table of a comparison, for a page that has other things, too. */
export const comparisonHtml = (comparison: Comparison): string =>
  ['<div class="comparison-part">', frontSvg(comparison), tableHtml(comparison), '</div>'].join(
    '\n',
  );

const HEAD = [
  'Policy',
  'Instance-hours',
  'Cost',
  'Of optimum',
  'Violated',
  'Worst hour',
  'Minutes at maximum',
  'Changes',
  'Reversals',
];

const tableHtml = ({ rows }: Comparison): string => {
  const body = rows.map((row) => {
    const name = row.setting === undefined ? row.name : `${row.name}, ${row.setting}`;
    const cells = [
      row.instanceHours.toFixed(1),
      `${row.cost.toFixed(2)} <small>${row.costInterval.map((each) => each.toFixed(2)).join(' – ')}</small>`,
      row.overOptimum.toFixed(3),
      `${percent(row.violated)} <small>${row.violatedInterval.map(percent).join(' – ')}</small>`,
      percent(row.worstHour),
      row.minutesAtMaximum.toFixed(0),
      row.changes.toFixed(0),
      row.reversals.toFixed(0),
    ];
    return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<div class="scrolls"><table class="comparison"><thead><tr>${HEAD.map((each) => `<th>${each}</th>`).join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
};

const differenceHtml = ({ at, decisions }: Difference): string =>
  [
    `<h2>The first difference, at ${describeExactly(at)}</h2>`,
    ...decisions.map(
      ({ name, decision }) =>
        `<h3>${escapeHtml(name)}</h3><p>${escapeHtml(decision.summary)}</p><div class="trace"><table>${decision.trace
          .map(
            ({ stage, subject, verdict, reason, detail, capacity }) =>
              `<tr><td>${escapeHtml(subject ?? stage)}</td><td>${verdict}</td><td>${reason}</td><td>${capacity ?? ''}</td><td>${escapeHtml(detail)}</td></tr>`,
          )
          .join('')}</table></div>`,
    ),
  ].join('\n');
