import { describeExactly } from '#domain/time/describe-instant.ts';
import type { GroupData, Mark } from './data.ts';
import { kindOfMark } from './mark-kinds.ts';
import type { TimeWindow } from './time-window.ts';

/** The part of a group that is shown: a window of its time line, and the decisions that the filter lets through. */
export type Shown = Readonly<{ group: GroupData; marks: readonly Mark[]; window: TimeWindow }>;

/** The time line that is shown as CSV (RFC 4180): a row for each moment, with the decisions of that moment. */
export const csvOf = ({ group, marks, window }: Shown): string => {
  const lines = group.charts.flatMap((chart) =>
    chart.lines.map(({ name, values }) => ({ name: `${chart.title}: ${name}`, values })),
  );
  const head = ['time', ...lines.map(({ name }) => name), 'decisions'];
  const rows = group.times.flatMap((at, place) => {
    if (!isIn(window, at)) return [];
    const next = group.times[place + 1] ?? Number.POSITIVE_INFINITY;
    const made = marks.filter((mark) => mark.at >= at && mark.at < next);
    return [
      [
        isoOf(at),
        ...lines.map(({ values }) => String(values[place] ?? '')),
        made.map(({ id, summary }) => `${id}: ${summary}`).join('; '),
      ],
    ];
  });
  return [head, ...rows].map((row) => `${row.map((cell) => cellOf(cell)).join(',')}\r\n`).join('');
};

/** The same for programs, as JSON with each decision in full. */
export const jsonOf = ({ group, marks, window }: Shown): string => {
  const places = group.times.flatMap((at, place) => (isIn(window, at) ? [place] : []));
  return JSON.stringify(
    {
      schemaVersion: 1,
      group: group.name,
      from: isoOf(window.from),
      to: isoOf(window.to),
      times: places.map((place) => isoOf(group.times[place] ?? 0)),
      series: group.charts.flatMap(({ title, unit, lines }) =>
        lines.map(({ name, values }) => ({
          chart: title,
          unit,
          name,
          values: places.map((place) => values[place] ?? null),
        })),
      ),
      decisions: marks
        .filter(({ at }) => isIn(window, at))
        .map((mark) => ({ ...mark, at: isoOf(mark.at), kind: kindOfMark(mark) })),
    },
    null,
    1,
  );
};

const isIn = ({ from, to }: TimeWindow, at: number): boolean => at >= from && at <= to;

const isoOf = describeExactly;

/** A cell; one that a spreadsheet would take for a formula begins with an apostrophe. */
const cellOf = (text: string): string => {
  const safe = /^[=+@\t\r-](?!\d)/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
