import { ok, type Result } from '#domain/basics/result.ts';
import type { Adjustment } from '#domain/configuration/rule-parts.ts';
import { quote } from '../describe-value.ts';
import { type Complaint, complain } from '../fault.ts';
import { didYouMean } from '../nearest.ts';

import { DIGITS_OF_SHARES } from './percent.ts';
import { complainAtFirst, type ScanStep } from './scan.ts';

import { LARGEST_CAPACITY } from './whole-number.ts';
import { textWords, type Words } from './words.ts';

const PERCENT = String.raw`\d{1,4}(?:\.\d{1,3})?`;
const PATTERN = String.raw`^\s*(?:(add|remove)\s+(?:(\d{1,10})|(${PERCENT})%)|set\s+(\d{1,10}))\s*$`;

/** `add 2`, `add 10%`, `remove 1`, `remove 10%` or `set 4`. */
export const adjustment: Words<Adjustment> = textWords({
  expected: 'add N, add N%, remove N, remove N% or set N, such as add 2',
  schema: { pattern: PATTERN, examples: ['add 2', 'add 10%', 'remove 1', 'set 4'] },
  guess: (value) => (Number(value) < 0 ? `remove ${-value}` : undefined),
  advise: adviseOn,
  read: (text) => {
    const [match, loose] = [THEN.exec(text), OF_ANY_LENGTH.exec(text)];
    if (match !== null) return inRange(inputOf(match as ThenMatch), text);
    return complain(loose === null ? explain(text) : outOfRange(inputOf(loose as ThenMatch), text));
  },
});

/** YAML drops the sign of +2, so that a number could mean either. */
function adviseOn(value: number | boolean): string | undefined {
  return Number.isInteger(value) && Number(value) > 0
    ? `write "add ${value}" for ${value} more, or "set ${value}" for ${value} altogether`
    : undefined;
}

const THEN = new RegExp(PATTERN);
/** The same with more digits than are taken: the number is what is wrong with it, not its form. */
const OF_ANY_LENGTH = /^\s*(?:(add|remove)\s+(?:(\d+)|(\d+(?:\.\d+)?)%)|set\s+(\d+))\s*$/;

type ThenMatch = RegExpExecArray & [string, 'add' | 'remove', string?, string?, string?];

const inputOf = ([, kind, units, percent, capacity]: ThenMatch): Adjustment => {
  if (capacity !== undefined) return { kind: 'set', capacity: Number(capacity) };

  return percent === undefined
    ? { kind, amount: Number(units), unit: 'capacity' }
    : { kind, amount: Number(percent), unit: 'percent' };
};

const inRange = (adjustment: Adjustment, text: string): Result<Adjustment, Complaint> => {
  const [min, max] = rangeOf(adjustment);
  const amount = adjustment.kind === 'set' ? adjustment.capacity : adjustment.amount;
  return amount >= min && amount <= max ? ok(adjustment) : complain(outOfRange(adjustment, text));
};

const outOfRange = (adjustment: Adjustment, text: string): Complaint => {
  const [min, max, unit] = rangeOf(adjustment);
  const amounts =
    unit === '%'
      ? `more than 0% and at most ${max}%, with ${DIGITS_OF_SHARES}`
      : `a whole number from ${min} to ${max}, of at most 10 digits`;
  const expected = `${adjustment.kind} with ${amounts}`;
  return { code: 'out-of-range', message: `found ${quote(text)}`, expected };
};

const rangeOf = (adjustment: Adjustment): [min: number, max: number, unit: string] => {
  if (adjustment.kind === 'set') return [0, LARGEST_CAPACITY, ''];
  if (adjustment.unit === 'capacity') return [1, LARGEST_CAPACITY, ''];
  return [Number.MIN_VALUE, adjustment.kind === 'add' ? MOST_ADDED : 100, '%'];
};

/** Eleven times the capacity in one step; beyond that a slip of the pen is likelier. */
const MOST_ADDED = 1_000;

const explain = (text: string): Complaint => {
  const repaired = repairThen(text);
  return {
    ...complainAtFirst(text, /^\s*set\b/.test(text) ? SET_STEPS : STEPS),
    ...(THEN.test(repaired) ? didYouMean(repaired) : {}),
  };
};

const STEPS: readonly ScanStep[] = [
  { pattern: '(?:add|remove|set)(?!\\S)', expected: 'add, remove or set' },
  {
    pattern: `(?:\\d{1,10}|${PERCENT}%)(?!\\S)`,
    expected: 'a whole number, or a percentage such as 10%',
  },
];

const SET_STEPS: readonly ScanStep[] = [
  { pattern: 'set(?!\\S)', expected: 'set' },
  { pattern: '\\d{1,10}(?!\\S)', expected: 'a whole number' },
];

/** Guesses what an adjustment was meant to be; the caller tries whether it reads well now. */
const repairThen = (text: string): string =>
  REPAIRS.reduce(
    (repaired, [wrong, right]) => repaired.replace(wrong, right),
    text.slice(0, LONGEST_REPAIR).toLowerCase(),
  )
    .replace(/\s+/g, ' ')
    .trim();

const LONGEST_REPAIR = 100;

/** `to` says the capacity itself, whatever the verb. */
const REPAIRS: readonly (readonly [RegExp, string])[] = [
  [/^[a-z][a-z\s-]{0,40}\sto\s+(?=\d)/, 'set '],
  [/^\s*\+\s*(?=\d)/, 'add '],
  [/^\s*-\s*(?=\d)/, 'remove '],
  [/^\s*(?:capacity\s*)?=\s*(?=\d)/, 'set '],
  [/\b(?:increase|grow|raise|plus|scale[\s-]?(?:out|up)|launch|start)\b/, 'add'],
  [
    /\b(?:decrease|reduce|shrink|lower|minus|subtract|scale[\s-]?(?:in|down)|terminate|stop)\b/,
    'remove',
  ],
  [/\b(?:exactly|scale[\s-]?to|become)\b/, 'set'],
  [/\b(?:by|to|capacity|instances?|units?|nodes?|hosts?)\b/g, ' '],
  [/(\d)\s*(?:%|percent\b)/, '$1%'],
  [/\b(add|remove|set)(?=\d)/, '$1 '],
];
