import { failure } from '#cli/output/failure.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';

/** The figures of a load that expectations are about. */
export type LoadFigures = Readonly<{
  /** Failed requests, in percent of all that ended; nothing when none ended. */
  failedPercent?: number;
  /** Percentiles of the times of the requests that did not fail, in milliseconds. */
  p50?: number;
  p95?: number;
  p99?: number;
  /** The most capacity that was in service at a look. */
  capacity?: number;
  /** Seconds from the first request to the first change of the group that was carried out. */
  changeSeconds?: number;
}>;

type Comparison = '<' | '<=' | '>' | '>=';

/** An expectation, such as `p95 < 800ms`. */
export type Expectation = Readonly<{
  /** As it was written. */
  text: string;
  measure: Measure;
  comparison: Comparison;
  /** In the unit of the figure: percent, milliseconds, units of capacity, or seconds. */
  limit: number;
}>;

/** The judgement on one expectation. */
export type Verdict = Readonly<{ expected: string; isMet: boolean; found: string }>;

type MeasureKind = Readonly<{
  /** The units that a limit may have, and what one of each is. */
  units: Readonly<Record<string, number>>;
  found: (figures: LoadFigures) => number | undefined;
  describe: (value: number) => string;
  /** The finding where there is no figure. */
  absent: string;
}>;

const IN_MS = { ms: 1, s: 1_000 };
const describeMs = (ms: number): string => `${Math.round(ms)} ms`;

const timesOf = (found: MeasureKind['found']): MeasureKind => ({
  units: IN_MS,
  found,
  describe: describeMs,
  absent: 'no request was answered well',
});

/** The figures that an expectation can name. */
const MEASURES = {
  failed: {
    units: { '%': 1 },
    found: ({ failedPercent }) => failedPercent,
    describe: (percent) => `${percent.toFixed(2)} %`,
    absent: 'no request ended',
  },
  p50: timesOf(({ p50 }) => p50),
  p95: timesOf(({ p95 }) => p95),
  p99: timesOf(({ p99 }) => p99),
  capacity: {
    units: { '': 1 },
    found: ({ capacity }) => capacity,
    describe: String,
    absent: 'the group was not seen',
  },
  change: {
    units: { s: 1, m: 60 },
    found: ({ changeSeconds }) => changeSeconds,
    describe: (seconds) => describeSeconds(seconds),
    absent: 'the group was not changed',
  },
} as const satisfies Readonly<Record<string, MeasureKind>>;
type Measure = keyof typeof MEASURES;

/** The expectations of a load that says nothing else of the same figure. */
export const USUAL_EXPECTATIONS: readonly string[] = ['failed < 1%', 'p95 < 1s'];

const WRITTEN = /^\s*([a-z]+\d*)\s*(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*(%|[a-z]+)?\s*$/;

/** Reads the texts of `--expect`, and adds the usual ones about figures that none of them names. Throws what is wrong. */
export const expectationsIn = (texts: readonly string[]): readonly Expectation[] => {
  const asked = texts.map((text) => expectationIn(text));
  const named = new Set(asked.map(({ measure }) => measure));
  const usual = USUAL_EXPECTATIONS.map((text) => expectationIn(text));
  return [...usual.filter(({ measure }) => !named.has(measure)), ...asked];
};

const expectationIn = (text: string): Expectation => {
  const [, measure = '', comparison = '<', limit = '', unit = ''] = WRITTEN.exec(text) ?? [];
  if (!isMeasure(measure)) throw unreadable(text);
  const factor = new Map<string, number>(Object.entries(MEASURES[measure].units)).get(unit);
  if (factor === undefined) throw unreadable(text);
  return {
    text: text.trim(),
    measure,
    comparison: comparison as Comparison,
    limit: Number(limit) * factor,
  };
};

const isMeasure = (text: string): text is Measure => Object.hasOwn(MEASURES, text);

const unreadable = (text: string): Error =>
  failure(
    'usage',
    `--expect: found "${text}", expected a figure, a comparison and a limit`,
    `such as: --expect 'failed < 1%' 'p95 < 800ms' 'capacity >= 6' 'change < 3m'; figures are ${Object.keys(MEASURES).join(', ')}`,
  );

const HOLDS: Readonly<Record<Comparison, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** Judges figures by every expectation, in their order; one about a figure that is not there is not met. */
export const judgeLoad = (
  expectations: readonly Expectation[],
  figures: LoadFigures,
): readonly Verdict[] =>
  expectations.map(({ text, measure, comparison, limit }) => {
    const { found, describe, absent }: MeasureKind = MEASURES[measure];
    const value = found(figures);
    return value === undefined
      ? { expected: text, isMet: false, found: absent }
      : { expected: text, isMet: HOLDS[comparison](value, limit), found: describe(value) };
  });
