import type { Ailment } from '#domain/doctor/ailment.ts';
import type { Diagnosis, Unlooked } from '#domain/doctor/diagnose.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

type Paint = Readonly<
  Record<'bold' | 'green' | 'yellow' | 'red' | 'dim', (text: string) => string>
>;

/** Describes the findings in one place: faults first, then what is sound, then what was not looked at. */
export const describeDiagnosis = (
  { subject, sound, ailments, notLookedAt }: Diagnosis,
  paint: Paint,
): string =>
  [
    paint.bold(subject),
    ...ailments.flatMap((ailment) => [
      `  ${signOf(ailment, paint)} ${ailment.message} (${ailment.code})`,
      `      fix: ${ailment.fix}`,
    ]),
    ...sound.map((sentence) => `  ${paint.green('✓')} ${sentence}`),
    ...byReason(notLookedAt).flatMap(([why, checks]) => [
      `  ${paint.dim('–')} not looked at, because ${why}:`,
      ...checks.map((check) => `      ${check}`),
    ]),
  ].join('\n');

const signOf = ({ verdict }: Ailment, paint: Paint): string =>
  verdict === 'error' ? paint.red('✗') : paint.yellow('!');

const byReason = (notLookedAt: readonly Unlooked[]): readonly [string, readonly string[]][] => {
  const groups = new Map<string, string[]>();
  for (const { why, check } of notLookedAt) groups.set(why, [...(groups.get(why) ?? []), check]);
  return [...groups];
};

/** Counts the checks by how they ended. */
export const verdictsOf = (diagnoses: readonly Diagnosis[]) => ({
  sound: diagnoses.flatMap(({ sound }) => sound).length,
  warnings: countOf(diagnoses, 'warning'),
  errors: countOf(diagnoses, 'error'),
  notLookedAt: diagnoses.flatMap(({ notLookedAt }) => notLookedAt).length,
});

/** Nothing is called well that AWS did not let the doctor see. */
export const exitCodeOf = (diagnoses: readonly Diagnosis[]): ExitCode => {
  if (countOf(diagnoses, 'error') > 0) return EXIT.invalid;
  const isBlind = diagnoses.some(({ ailments }) => ailments.some(({ code }) => code === 'unread'));
  return isBlind ? EXIT.failed : EXIT.ok;
};

/** One line with the numbers. */
export const summaryOf = (diagnoses: readonly Diagnosis[]): string => {
  const { sound, warnings, errors, notLookedAt } = verdictsOf(diagnoses);
  return `${sound} sound, ${warnings} to look at, ${errors} wrong, ${notLookedAt} not looked at`;
};

const countOf = (diagnoses: readonly Diagnosis[], verdict: Ailment['verdict']): number =>
  diagnoses.flatMap(({ ailments }) => ailments).filter((each) => each.verdict === verdict).length;
