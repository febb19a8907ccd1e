import type { Course } from './course.ts';

/** The judgement on one expectation. */
export type Verdict = Readonly<{ claim: string; passed: boolean; found: string }>;

/** An expectation that a drill states, and the course decides. */
export type Threshold = Readonly<{
  claim: string;
  judge: (course: Course) => Readonly<{ passed: boolean; found: string }>;
}>;

/** Judges a course by every threshold, in their order. */
export const judge = (thresholds: readonly Threshold[], course: Course): readonly Verdict[] =>
  thresholds.map(({ claim, judge: judged }) => {
    const { passed, found } = judged(course);
    return { claim, passed, found };
  });
