import type { Sample } from '#simulator/fleet/sample.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';
import type { Mark } from './mark.ts';
import { newsworthy } from './newsworthy.ts';

const BARS = '▁▂▃▄▅▆▇█';
const DAY_MINUTES = 1_440;
const SHOWN_DECISIONS = 8;
/** The widest curve: a column for each quarter of an hour. */
const MOST_COLUMNS = 96;

/** Colours a text; leaves it as it is where nobody sees colours. */
export type Paint = Readonly<
  Record<'bold' | 'dim' | 'blue' | 'cyan' | 'yellow' | 'red', (text: string) => string>
>;

export type Frame = Readonly<{
  samples: readonly Sample[];
  marks: readonly Mark[];
  width: number;
  paint: Paint;
}>;

/** The lines of the live view: curves of the day so far, and the newest decisions; none is wider than the frame. */
export const frameLines = ({ samples, marks, width, paint }: Frame): readonly string[] => {
  const now = samples.at(-1);
  if (now === undefined) return [];

  const rows = [
    {
      name: 'load',
      value: `${Math.round(now.requestsPerSecond)} /s`,
      read: (one: Sample) => one.requestsPerSecond,
      colour: paint.blue,
    },
    {
      name: 'serving',
      value: `${now.serving} of ${now.capacityDesired}`,
      read: (one: Sample) => one.serving,
      colour: paint.cyan,
    },
    {
      name: 'p95',
      value: `${Math.round(now.p95LatencyMs)} ms`,
      read: (one: Sample) => one.p95LatencyMs,
      colour: paint.yellow,
    },
  ];
  const labels = rows.map(({ name, value }) => `${name.padEnd(7)} ${value.padStart(9)}  `);
  const columns = Math.min(MOST_COLUMNS, width - Math.max(...labels.map(({ length }) => length)));
  const decisions = newsworthy(marks)
    .slice(-SHOWN_DECISIONS)
    .map((each) => coloured(each, cut(decisionLine(each), width), paint));

  return [
    paint.bold(
      cut(`${isoTime(now.at).slice(11, 16)}  a day of a web fleet on a simulated AWS`, width),
    ),
    '',
    ...rows.map(({ read, colour }, index) => {
      const label = labels[index] ?? '';
      // Numbers are never cut; where there is no room for a curve there is none.
      return `${label}${colour(columns > 0 ? sparkline(samples.map(read), columns) : '')}`.trimEnd();
    }),
    '',
    ...decisions,
    ...Array.from({ length: SHOWN_DECISIONS - decisions.length }, () => ''),
  ];
};

/** A decision on a line of its own. */
export const decisionLine = ({ at, kind, summary }: Mark): string =>
  `${isoTime(at).slice(11, 19)}  ${kind.padEnd(8)}  ${summary}`;

/** The line in the colour of what happened. */
export const coloured = ({ kind }: Pick<Mark, 'kind'>, line: string, paint: Paint): string =>
  (coloursOf(paint)[kind] ?? String)(line);

const coloursOf = (paint: Paint): Readonly<Record<string, (text: string) => string>> => ({
  scaled: paint.blue,
  replaced: paint.cyan,
  held: paint.dim,
  'at-max': paint.yellow,
  blocked: paint.red,
  failed: paint.red,
});

/** A line of at most so many characters; an ellipsis stands for what is left out. */
const cut = (line: string, width: number): string =>
  line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;

/** The day so far in so many columns for the whole day; each shows the most of its minutes. */
const sparkline = (values: readonly number[], columns: number): string => {
  const minutes = DAY_MINUTES / columns;
  const filled = Math.max(1, Math.ceil(values.length / minutes));
  const tops = Array.from({ length: filled }, (_, column) =>
    Math.max(0, ...values.slice(Math.floor(column * minutes), Math.floor((column + 1) * minutes))),
  );
  const largest = Math.max(...tops, 1);
  return tops.map((value) => BARS[Math.min(7, Math.floor((8 * value) / largest))] ?? ' ').join('');
};
