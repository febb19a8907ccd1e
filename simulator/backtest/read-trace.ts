import { err, ok, type Result } from '#domain/basics/result.ts';
import { parseInstant } from '#parse/instant.ts';
import type { Trace } from './trace.ts';

/**
 * Reads a trace from lines of `timestamp,value`: ISO 8601 with an offset, and the count in the bin or its mean
 * level, on a regular grid. A line that is missing, or whose value is empty, is a hole. Values become demand in
 * a second whatever their unit is: a comparison scales each trace to its fleet.
 */
export const readTrace = (text: string, name: string): Result<Trace, string> => {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines[0]?.trim().toLowerCase() !== 'timestamp,value') {
    return err(`${name}, line 1: found "${lines[0] ?? ''}", expected the header timestamp,value`);
  }

  const rows = lines.slice(1).map(rowOf);
  const bad = rows.indexOf(undefined);
  if (bad >= 0) {
    return err(
      `${name}, line ${bad + 2}: found "${lines[bad + 1]}", expected a time and a number from 0, such as 2026-03-02T00:05:00Z,412`,
    );
  }
  return onGrid(
    rows.filter((row) => row !== undefined),
    name,
  );
};

type Row = Readonly<{ seconds: number; value: number }>;

const rowOf = (line: string): Row | undefined => {
  const [time = '', text = ''] = line.split(',').map((field) => field.trim());
  const instant = parseInstant(time);
  if (instant === undefined) return undefined;
  if (text === '') return { seconds: instant / 1_000, value: Number.NaN };
  const value = Number(text);
  return value >= 0 && value < Number.POSITIVE_INFINITY
    ? { seconds: instant / 1_000, value }
    : undefined;
};

/** Ten years of minutes: more is a mistake in a time. */
const MOST_STEPS = 5_300_000;

const onGrid = (rows: readonly Row[], name: string): Result<Trace, string> => {
  const [first, second] = rows;
  if (first === undefined || second === undefined) {
    return err(`${name}: found ${rows.length} values, expected at least two`);
  }
  const start = first.seconds;
  const stepSeconds = second.seconds - start;
  const steps = Math.round(((rows.at(-1) ?? first).seconds - start) / stepSeconds) + 1;
  if (!(stepSeconds > 0 && steps >= rows.length && steps <= MOST_STEPS)) {
    return err(`${name}: found times that do not grow by ${stepSeconds} s, expected equal steps`);
  }

  const demand = new Float64Array(steps).fill(Number.NaN);
  for (const [index, { seconds, value }] of rows.entries()) {
    const step = (seconds - start) / stepSeconds;
    if (!Number.isInteger(step) || isKnown(demand[step])) {
      return err(
        `${name}, line ${index + 2}: found a time off the grid of ${stepSeconds} s, or for the second time`,
      );
    }
    demand[step] = value / stepSeconds;
  }
  return ok({ name, start, stepSeconds, demand, saturated: new Uint8Array(steps) });
};

const isKnown = (value = 0): boolean => !Number.isNaN(value);
