import { EXIT, type ExitCode, FAILURES } from '#cli/exit-codes.ts';
import type { Failure } from '#cli/output/failure.ts';
import type { Report } from '#cli/output/perform.ts';
import type { Place } from '#cli/output/place.ts';

/** The answer of one deployment of the list, or the reason why there is none. */
export type DeploymentAnswer = Readonly<{
  name: string;
  /** Absent when it was not found out. */
  place?: Place;
}> &
  (Readonly<{ report: Report }> | Readonly<{ failure: Failure }>);

/** The exit code with which the command would have ended if it had asked this deployment alone. */
export const exitCodeOf = (answer: DeploymentAnswer): ExitCode =>
  'failure' in answer
    ? FAILURES[answer.failure.code].exitCode
    : (answer.report.exitCode ?? EXIT.ok);

/**
 * The largest exit code of all, since a larger one is worse: what was not seen outweighs what was found. Deployments
 * that lack the group that was asked for count only when all of them lack it.
 */
export const worstOf = (answers: readonly DeploymentAnswer[]): ExitCode => {
  const known = answers.filter((answer) => !isUnknownName(answer));
  const counted = known.some((answer) => 'report' in answer) ? known : answers;
  return Math.max(...counted.map(exitCodeOf)) as ExitCode;
};

const isUnknownName = (answer: DeploymentAnswer): boolean =>
  'failure' in answer && answer.failure.code === 'unknown-name';
