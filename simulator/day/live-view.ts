import type { Sample } from '../fleet/sample.ts';
import { isoTime } from '../kernel/iso-time.ts';
import type { Mark } from '../report/report-data.ts';

const BARS = '▁▂▃▄▅▆▇█';
/** Minutes that one column of the curves stands for: a day fits into 72 columns. */
const MINUTES_A_COLUMN = 20;
const SHOWN_DECISIONS = 8;

export type Frame = Readonly<{
  samples: readonly Sample[];
  marks: readonly Mark[];
  width: number;
}>;

/** The lines of the live view: curves of the day so far, and the newest decisions. */
export const frameLines = ({ samples, marks, width }: Frame): readonly string[] => {
  const now = samples.at(-1);
  if (now === undefined) return [];

  const curve = (name: string, value: string, read: (sample: Sample) => number): string =>
    `${name.padEnd(9)} ${value.padStart(9)}  ${sparkline(samples.map(read))}`;
  const decisions = marks.slice(-SHOWN_DECISIONS).map(decisionLine);
  return [
    `${isoTime(now.at).slice(11, 16)}  a day of a web fleet on a simulated AWS`,
    '',
    curve('load', `${Math.round(now.requestsPerSecond)} /s`, (one) => one.requestsPerSecond),
    curve('serving', `${now.serving} of ${now.capacityDesired}`, (one) => one.serving),
    curve('p95', `${Math.round(now.p95LatencyMs)} ms`, (one) => one.p95LatencyMs),
    '',
    ...decisions,
    ...Array.from({ length: SHOWN_DECISIONS - decisions.length }, () => ''),
  ].map((line) => line.slice(0, width));
};

/** A decision on a line of its own. */
export const decisionLine = ({ at, kind, summary }: Mark): string =>
  `${isoTime(at).slice(11, 19)}  ${kind.padEnd(8)}  ${summary}`;

const sparkline = (values: readonly number[]): string => {
  const columns: number[] = [];
  for (let start = 0; start < values.length; start += MINUTES_A_COLUMN) {
    columns.push(Math.max(...values.slice(start, start + MINUTES_A_COLUMN)));
  }
  const largest = Math.max(...columns, 1);
  return columns
    .map((value) => BARS[Math.min(7, Math.floor((8 * value) / largest))] ?? ' ')
    .join('');
};
