import { type Cell, markdownTable } from '#simulator/markdown-table.ts';
import type { boundsOver, Estimate, Line } from './field.ts';
import { LEVELS } from './measure.ts';

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

type CellOf = (line: Line) => Cell;

/** A family in each row, a level in each column. */
const levelTable = (lines: readonly Line[], cellOf: CellOf): string =>
  markdownTable(
    ['policy', ...LEVELS.map(percent)],
    byFamily(lines).map((each) => [each[0]?.family ?? '', ...each.map(cellOf)]),
  );

/** The field at each level, the target turned for each trace. */
export const tunedTable = (lines: readonly Line[]): string =>
  levelTable(
    lines,
    ({ tuned, unreached }) => `${estimate(tuned)}${unreached > 0 ? ` [${unreached}]` : ''}`,
  );

/** The field at each level, one setting for all traces. */
export const oneSettingTable = (lines: readonly Line[]): string =>
  levelTable(lines, ({ oneSetting }) => estimate(oneSetting));

/** The field at each level with the setting that keeps it on other traces, and the violations that it came to. */
export const heldOutTable = (lines: readonly Line[]): string =>
  levelTable(lines, ({ heldOut }) =>
    heldOut === undefined ? '–' : `${heldOut.value.toFixed(3)} at ${percent(heldOut.violated)}`,
  );

/** The worst hour and the changes at one level, one setting for all traces. */
export const effortTable = (lines: readonly Line[], level: number): string =>
  markdownTable(
    ['policy', 'worst hour', 'changes a day', 'reversals a day'],
    lines.flatMap(({ family, level: own, oneSetting }) => {
      if (own !== level || oneSetting === undefined) return [];
      const { worstHour, changes, reversals } = oneSetting.effort;
      return [[family, percent(worstHour), Math.round(changes), Math.round(reversals)]];
    }),
  );

/** The traces of a table, and a cell for each. */
const traceColumns = (lines: readonly Line[], cellOf: (line: Line, trace: string) => Cell) => {
  const traces = [...(lines[0]?.byTrace.keys() ?? [])];
  return markdownTable(
    ['policy', ...traces],
    lines.map((line) => [line.family, ...traces.map((trace) => cellOf(line, trace))]),
  );
};

/** The field by trace at one level, the target turned for each. */
export const traceTable = (lines: readonly Line[], level: number): string =>
  traceColumns(
    lines.filter((each) => each.level === level),
    ({ byTrace }, trace) => (byTrace.get(trace) ?? Number.NaN).toFixed(3),
  );

/** The field by trace at one level, one setting for all: cost, and the violations that it came to there. */
export const oneSettingByTrace = (lines: readonly Line[], level: number): string =>
  traceColumns(
    lines.filter((each) => each.level === level && each.oneSetting !== undefined),
    ({ oneSetting }, trace) => {
      const spot = oneSetting?.byTrace.get(trace);
      return spot === undefined ? '–' : `${spot.cost.toFixed(3)} at ${percent(spot.violated)}`;
    },
  );

/** Our rules against the cheapest peer, with the traces on which they cost more. */
export const duelTable = (lines: readonly Line[], view: 'tuned' | 'oneSetting'): string =>
  markdownTable(
    ['rule', 'violated', 'cheapest peer', 'cost over it', 'it is', 'costs more on'],
    lines.flatMap(({ family, level, overPeer }) => {
      const duel = overPeer?.[view];
      if (duel === undefined) return [];
      const { peer, losses, interval } = duel;
      const told = losses.join(', ') || '–';
      return [[family, percent(level), peer, estimate(duel), verdictOf(interval), told]];
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
