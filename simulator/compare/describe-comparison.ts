import type { Comparison } from './compare.ts';
import type { Row } from './row.ts';

/** The table of a comparison for a terminal, and the sentences below it. */
export const describeComparison = ({ rows, days, seeds, holes, saturated }: Comparison): string => {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const settings = rows.flatMap(({ name, setting }) =>
    setting === undefined ? [] : [`  ${name}: ${setting}`],
  );
  return [
    ...lines,
    '',
    `${days.toPrecision(3)} days, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}; 95 % intervals over seeds and days in brackets.`,
    ...(settings.length === 0
      ? []
      : [
          'Each peer at its cheapest setting on this history that violates no more than the first rules:',
          ...settings,
        ]),
    ...(holes === 0 ? [] : [`${holes} periods of the history are holes: they are not judged.`]),
    ...(saturated === 0
      ? []
      : [
          `${saturated} periods are saturated: the demand was perhaps larger, and violations are then too few here.`,
        ]),
  ].join('\n');
};

const HEAD = [
  'policy',
  'hours',
  'cost',
  'of optimum',
  'violated',
  'worst hour',
  'at maximum',
  'changes',
  'reversals',
];

const cellsOf = (row: Row): readonly string[] => [
  row.name,
  row.instanceHours.toFixed(1),
  `${money(row.cost)} [${row.costInterval.map(money).join(', ')}]`,
  row.overOptimum.toFixed(3),
  `${percent(row.violated)} [${row.violatedInterval.map(percent).join(', ')}]`,
  percent(row.worstHour),
  `${Math.round(row.minutesAtMaximum)} min`,
  row.changes.toFixed(0),
  row.reversals.toFixed(0),
];

const money = (value: number): string => (value < 100 ? value.toFixed(2) : value.toFixed(0));

/** A share in percent; a small one with the digits that tell it from none. */
export const percent = (share: number): string => {
  const value = 100 * share;
  if (value === 0) return '0 %';
  return value < 0.1
    ? `${Number(value.toPrecision(1))} %`
    : `${value.toFixed(value < 10 ? 2 : 1)} %`;
};
