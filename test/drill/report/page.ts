import { secondsOf } from '#test/drill/drills/drill.ts';
import { isFailed, SECOND_MS, type Sent } from '#test/drill/judge/course.ts';
import { percentile } from '#test/drill/judge/requests.ts';
import { type Band, chart, escaped } from './chart.ts';
import type { Result } from './lines.ts';

/** The report as one page that loads nothing: for each drill what it expected, three charts, and the time line. */
export const pageOf = (
  results: readonly Result[],
  { without }: Readonly<{ without: readonly string[] }>,
): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Drills</title>
<style>${STYLE}</style>
<h1>Drills</h1>
<p>${escaped(summaryOf(results))}${without.length === 0 ? '' : ` Left out of the rules: ${escaped(without.join(', '))}.`}</p>
${results.map(sectionOf).join('\n')}
</html>
`;

const summaryOf = (results: readonly Result[]): string => {
  const verdicts = results.flatMap((result) => result.verdicts);
  const passed = verdicts.filter((verdict) => verdict.passed).length;
  return `${results.length} drill${results.length === 1 ? '' : 's'}, ${passed} of ${verdicts.length} expectations met.`;
};

const sectionOf = (result: Result): string => {
  const { drill, course, verdicts } = result;
  const rows = verdicts.map(
    ({ passed, claim, found }) =>
      `<tr class="${passed ? 'met' : 'missed'}"><td>${passed ? '✓' : '✗'}</td><td>${escaped(claim)}</td><td>${escaped(found)}</td></tr>`,
  );
  const told = course.messages.map(({ at, text }) => ({ at, text: `people are told: ${text}` }));
  const line = [...course.marks, ...told]
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, text }) => `<li><b>${Math.round(at / SECOND_MS)} s</b> ${escaped(text)}</li>`);
  return `<section>
<h2>${escaped(drill.name)}</h2>
<p>${escaped(drill.says)}</p>
<table>${rows.join('')}</table>
${chartsOf(result)}
<details><summary>Time line</summary><ol>${line.join('')}</ol></details>
</section>`;
};

const chartsOf = ({ drill, course }: Result): string => {
  const seconds = secondsOf(drill);
  const bySecond = Array.from({ length: seconds }, (_, second) =>
    course.requests.filter(({ at }) => Math.floor(at / SECOND_MS) === second),
  );
  const struck: readonly Band[] = drill.accidents.map(({ atSeconds, says }) => ({
    at: atSeconds,
    text: says,
  }));
  const looks = course.looks.map(({ at, ...look }) => ({ ...look, second: at / SECOND_MS }));
  return [
    chart('Requests a second', { seconds, bands: struck }, [
      { name: 'answered', points: pointsOf(bySecond, (sent) => sent.length - failedIn(sent)) },
      { name: 'failed', points: pointsOf(bySecond, failedIn) },
    ]),
    chart('Instances', { seconds, bands: struck }, [
      { name: 'desired', points: looks.map(({ second, desired }) => [second, desired] as const) },
      {
        name: 'unhealthy',
        points: looks.map(({ second, unhealthy }) => [second, unhealthy] as const),
      },
      { name: 'serving', points: looks.map(({ second, healthy }) => [second, healthy] as const) },
    ]),
    chart('p95 in milliseconds', { seconds, bands: struck }, [
      { name: 'p95', points: pointsOf(bySecond, slowestOf) },
    ]),
  ].join('\n');
};

const pointsOf = (
  bySecond: readonly (readonly Sent[])[],
  measure: (sent: readonly Sent[]) => number,
) => bySecond.map((sent, second) => [second, measure(sent)] as const);

const failedIn = (sent: readonly Sent[]): number => sent.filter((each) => isFailed(each)).length;

const slowestOf = (sent: readonly Sent[]): number => {
  const answered = sent.filter((each) => !isFailed(each)).map(({ ms }) => ms);
  return answered.length === 0 ? 0 : percentile(answered, 95);
};

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
td { border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); padding: .25rem .5rem; }
.met td:first-child { color: #1a7f37; } .missed { font-weight: 600; } .missed td:first-child { color: #cf222e; }
svg { display: block; margin: 1rem 0; max-width: 100%; } svg text { fill: currentColor; font-size: 11px; }
`;
