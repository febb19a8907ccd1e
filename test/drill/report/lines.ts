import type { Drill } from '#test/drill/drills/drill.ts';
import type { Course } from '#test/drill/judge/course.ts';
import type { Verdict } from '#test/drill/judge/threshold.ts';

/** A drill that was run, and the judgement on it. */
export type Result = Readonly<{ drill: Drill; course: Course; verdicts: readonly Verdict[] }>;

/** The lines of the terminal: each expectation with what was found, then what people were told. */
export const linesOf = ({ verdicts, course }: Result): readonly string[] => [
  `  ${answersOf(course)}`,
  ...verdicts.map(({ passed, claim, found }) => `${passed ? '✓' : '✗'} ${claim}: ${found}`),
  ...course.messages.map(
    ({ at, text }) => `  told at ${(at / 1_000).toFixed(0)} s: ${firstLine(text)}`,
  ),
];

const TOO_BUSY_MS = 1_000;

/** Counts of answers by status: 504 is a target that did not answer, 0 a client that gave up. */
const answersOf = ({ requests, lagMs }: Course): string => {
  const counts = new Map<number, number>();
  for (const { status } of requests) counts.set(status, (counts.get(status) ?? 0) + 1);
  const parts = [...counts].toSorted(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
  const busy = lagMs > TOO_BUSY_MS ? ': too long for a drill, this machine does other things' : '';
  return `${requests.length} answers (${parts.join(', ')}); the longest wait for a processor was ${Math.round(lagMs)} ms${busy}`;
};

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
