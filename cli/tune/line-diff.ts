/** The lines that one text has and another has not, in the form of `diff -u`; empty where they are alike. */
export const lineDiff = (before: string, after: string, file: string): string => {
  if (before === after) return '';
  const [left, right] = [before.split('\n'), after.split('\n')];
  const lines = steps(left, right);
  const shown = lines.filter((_line, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(isChange),
  );
  return [`--- ${file}`, `+++ ${file}`, ...shown].join('\n');
};

const CONTEXT = 2;

const isChange = (line: string): boolean => line.startsWith('-') || line.startsWith('+');

/** Walks both texts along their longest common part. */
const steps = (left: readonly string[], right: readonly string[]): readonly string[] => {
  const common = commonFrom(left, right);
  const lines: string[] = [];
  let [one, other] = [0, 0];
  while (one < left.length || other < right.length) {
    if (one < left.length && left[one] === right[other]) {
      lines.push(` ${left[one]}`);
      one += 1;
      other += 1;
    } else if (
      one < left.length &&
      (other >= right.length || at(common, one + 1, other) >= at(common, one, other + 1))
    ) {
      lines.push(`-${left[one]}`);
      one += 1;
    } else {
      lines.push(`+${right[other]}`);
      other += 1;
    }
  }
  return lines;
};

type Table = readonly (readonly number[])[];
const at = (table: Table, one: number, other: number): number => table[one]?.[other] ?? 0;

/** The length of the longest common part of the rests from each pair of lines on. */
const commonFrom = (left: readonly string[], right: readonly string[]): Table => {
  const table = Array.from({ length: left.length + 1 }, () =>
    new Array<number>(right.length + 1).fill(0),
  );
  for (let one = left.length - 1; one >= 0; one -= 1) {
    for (let other = right.length - 1; other >= 0; other -= 1) {
      const row = table[one] as number[];
      row[other] =
        left[one] === right[other]
          ? 1 + at(table, one + 1, other + 1)
          : Math.max(at(table, one + 1, other), at(table, one, other + 1));
    }
  }
  return table;
};
