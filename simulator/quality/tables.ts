import type { boundsOver, Estimate, Line } from './field.ts';
import { LEVELS } from './measure.ts';

type Cell = string | number;

const table = (head: readonly Cell[], rows: readonly (readonly Cell[])[]): string => {
  const line = (cells: readonly Cell[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
};

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;

const estimate = (each: Estimate | undefined): string =>
  each === undefined
    ? '–'
    : `${each.value.toFixed(3)} (${each.interval.map((end) => end.toFixed(2)).join('–')})`;

/** The lines of each family, one for each level, in the order of the table. */
const byFamily = (lines: readonly Line[]): readonly (readonly Line[])[] =>
  [...new Set(lines.map(({ family }) => family))].map((name) =>
    LEVELS.flatMap((level) => lines.filter((each) => each.family === name && each.level === level)),
  );

/** The field at each level: the target turned for each trace, and one setting for all of them. */
export const fieldTable = (lines: readonly Line[]): string => {
  const levels = LEVELS.map(percent);
  return table(
    [
      'policy',
      ...levels.map((level) => `tuned, ${level}`),
      ...levels.map((level) => `one setting, ${level}`),
    ],
    byFamily(lines).map((each) => [
      each[0]?.family ?? '',
      ...each.map(
        ({ tuned, unreached }) => `${estimate(tuned)}${unreached > 0 ? ` [${unreached}]` : ''}`,
      ),
      ...each.map(({ oneSetting }) => estimate(oneSetting)),
    ]),
  );
};

/** The field by trace at one level, the target turned for each. */
export const traceTable = (lines: readonly Line[], level: number): string => {
  const there = lines.filter((each) => each.level === level);
  const traces = [...(there[0]?.byTrace.keys() ?? [])];
  return table(
    ['policy', ...traces],
    there.map(({ family, byTrace }) => [
      family,
      ...traces.map((trace) => (byTrace.get(trace) ?? Number.NaN).toFixed(3)),
    ]),
  );
};

/** Our rules against the cheapest peer, with the traces on which they lose. */
export const duelTable = (lines: readonly Line[]): string =>
  table(
    ['rule', 'violated', 'cheapest peer', 'cost over it', 'it is', 'loses on'],
    lines.flatMap(({ family, level, overPeer }) => {
      if (overPeer === undefined) return [];
      const { peer, losses, interval } = overPeer;
      return [
        [
          family,
          percent(level),
          peer,
          estimate(overPeer),
          verdictOf(interval),
          losses.join(', ') || '–',
        ],
      ];
    }),
  );

/** A difference counts when the whole interval lies on one side. */
const verdictOf = ([low, high]: readonly [number, number]): string => {
  if (high < 1) return 'cheaper';
  return low > 1 ? 'dearer' : 'level';
};

export const boundsLine = ({ relaxed, sighted }: ReturnType<typeof boundsOver>): string =>
  [
    'Bounds:',
    relaxed
      .map(
        (cost, index) =>
          `the optimum with ${percent(LEVELS[index] ?? 0)} violated costs ${cost.toFixed(3)}`,
      )
      .join(', '),
    `and sight of one boot ${sighted.cost.toFixed(3)} with ${percent(sighted.violated)} violated.`,
  ].join(' ');

/** The variants that were chosen at one level, by family. */
export const variantLines = (lines: readonly Line[], level: number): string =>
  lines
    .filter((each) => each.level === level)
    .map(({ family, variants }) => `- ${family}: ${[...new Set(variants)].join('; ')}`)
    .join('\n');
