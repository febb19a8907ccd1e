import { type Course, isFailed, SECOND_MS, type Sent } from './course.ts';
import type { Threshold } from './threshold.ts';

type Stretch = Readonly<{ fromSeconds: number; untilSeconds?: number }>;

/** At most this share of the requests of a stretch fails, in percent. A stretch without requests passes nothing. */
export const failedShare = ({
  atMost,
  ...stretch
}: Stretch & Readonly<{ atMost: number }>): Threshold => ({
  claim: `at most ${atMost} % of the requests fail${describe(stretch)}`,
  judge: (course) => {
    const requests = within(course, stretch);
    if (requests.length === 0) return NOTHING;
    const failed = requests.filter((each) => isFailed(each)).length;
    const share = (100 * failed) / requests.length;
    return {
      passed: share <= atMost,
      found: `${failed} of ${requests.length}, ${share.toFixed(2)} %`,
    };
  },
});

/** The 95th percentile of the answers of a stretch that did not fail. */
export const slowest = ({
  atMostMs,
  ...stretch
}: Stretch & Readonly<{ atMostMs: number }>): Threshold => ({
  claim: `p95 is at most ${atMostMs} ms${describe(stretch)}`,
  judge: (course) => {
    const answered = within(course, stretch).filter((each) => !isFailed(each));
    if (answered.length === 0) return NOTHING;
    const p95 = percentile(
      answered.map(({ ms }) => ms),
      95,
    );
    return { passed: p95 <= atMostMs, found: `${Math.round(p95)} ms` };
  },
});

const NOTHING = { passed: false, found: 'no request was answered' };

const describe = ({ fromSeconds, untilSeconds }: Stretch): string => {
  if (untilSeconds !== undefined) return ` from ${fromSeconds} s to ${untilSeconds} s`;
  return fromSeconds === 0 ? '' : ` after ${fromSeconds} s`;
};

const within = (
  { requests }: Course,
  { fromSeconds, untilSeconds = Number.POSITIVE_INFINITY }: Stretch,
): readonly Sent[] =>
  requests.filter(({ at }) => at >= fromSeconds * SECOND_MS && at < untilSeconds * SECOND_MS);

/** The smallest value that so many percent of the values do not exceed; the values must not be empty. */
export const percentile = (values: readonly number[], percent: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
};
