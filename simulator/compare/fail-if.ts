import { err, ok, type Result } from '#domain/basics/result.ts';
import type { Row } from './row.ts';

/** A condition on the rules that are asked about; `+` compares with the rules that they stand against. */
export type Gate = Readonly<{
  text: string;
  /** True when it compares with the rules that they stand against. */
  isRelative: boolean;
  holds: (row: Row, against: Row | undefined) => boolean;
}>;

type Subject = Readonly<{
  read: (row: Row) => number;
  /** Given in percent: of itself for shares, of the other's value for all else. */
  isShare: boolean;
}>;

const SUBJECTS: Readonly<Record<string, Subject>> = {
  cost: { read: ({ cost }) => cost, isShare: false },
  'instance-hours': { read: ({ instanceHours }) => instanceHours, isShare: false },
  violated: { read: ({ violated }) => 100 * violated, isShare: true },
  'worst-hour': { read: ({ worstHour }) => 100 * worstHour, isShare: true },
  'minutes-at-maximum': { read: ({ minutesAtMaximum }) => minutesAtMaximum, isShare: false },
  changes: { read: ({ changes }) => changes, isShare: false },
  reversals: { read: ({ reversals }) => reversals, isShare: false },
  'over-optimum': { read: ({ overOptimum }) => overOptimum, isShare: false },
};

export const SUBJECT_NAMES = Object.keys(SUBJECTS);

const TERM = /^([a-z-]+)\s*(>=|<=|>|<)\s*(\+?)(\d+(?:\.\d+)?)\s*(%?)$/;

/**
 * Reads `cost > +5% or violated > 0.1%`. `and` binds closer than `or`. Shares (`violated`, `worst-hour`) are in percent of
 * requests, and `+0.1%` means points more than the other's; for all else `+5%` means percent of the other's.
 */
export const parseGate = (text: string): Result<Gate, string> => {
  const parts = text.split(/\s+or\s+/).map((part) => part.split(/\s+and\s+/).map(termOf));
  const wrong = parts.flat().flatMap((term) => (term.ok ? [] : [term.problem]));
  if (wrong[0] !== undefined) return err(wrong[0]);
  const terms = parts.map((part) => part.flatMap((term) => (term.ok ? [term.value] : [])));
  return ok({
    text,
    isRelative: terms.flat().some(({ isRelative }) => isRelative),
    holds: (row, against) => terms.some((part) => part.every(({ holds }) => holds(row, against))),
  });
};

const termOf = (text: string): Result<Gate, string> => {
  const [, name = '', comparison = '', plus, number = '', percent] = TERM.exec(text.trim()) ?? [];
  const subject = SUBJECTS[name];
  if (subject === undefined || !Object.hasOwn(SUBJECTS, name)) {
    return err(
      `found "${text.trim()}"; expected one of ${SUBJECT_NAMES.join(', ')}, a comparison and a number, such as cost > +5%`,
    );
  }
  const isRelative = plus === '+';
  if (percent === '%' && !isRelative && !subject.isShare) {
    return err(
      `found "${text.trim()}": ${name} is no share; compare it with the other's: +${number}%`,
    );
  }
  if (percent !== '%' && (isRelative || subject.isShare)) {
    return err(`found "${text.trim()}"; expected percent: ${number}%`);
  }
  return ok({
    text: text.trim(),
    isRelative,
    holds: (row, against) => {
      const value = subject.read(row);
      const limit = limitOf(subject, Number(number), isRelative ? against : undefined);
      return compares(value, comparison, limit);
    },
  });
};

const limitOf = ({ read, isShare }: Subject, number: number, against: Row | undefined): number => {
  if (against === undefined) return number;
  return isShare ? read(against) + number : read(against) * (1 + number / 100);
};

const compares = (value: number, comparison: string, limit: number): boolean => {
  if (comparison === '>') return value > limit;
  if (comparison === '>=') return value >= limit;
  return comparison === '<' ? value < limit : value <= limit;
};
