import type { DoctorFinding } from '#domain/doctor/finding.ts';
import type { CheckReport, Unlooked } from '#domain/doctor/run-checks.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

type Paint = Readonly<
  Record<'bold' | 'green' | 'yellow' | 'red' | 'dim', (text: string) => string>
>;

/** Describes the findings in one place: faults first, then what is sound, then what was not looked at. */
export const describeCheckReport = (
  { subject, sound, findings, notLookedAt }: CheckReport,
  paint: Paint,
): string =>
  [
    paint.bold(subject),
    ...findings.flatMap((finding) => [
      `  ${signOf(finding, paint)} ${finding.message} (${finding.code})`,
      `      fix: ${finding.fix}`,
    ]),
    ...sound.map((sentence) => `  ${paint.green('✓')} ${sentence}`),
    ...byReason(notLookedAt).flatMap(([why, checks]) => [
      `  ${paint.dim('–')} not looked at, because ${why}:`,
      ...checks.map((check) => `      ${check}`),
    ]),
  ].join('\n');

const signOf = ({ verdict }: DoctorFinding, paint: Paint): string =>
  verdict === 'error' ? paint.red('✗') : paint.yellow('!');

const byReason = (notLookedAt: readonly Unlooked[]): readonly [string, readonly string[]][] => {
  const groups = new Map<string, string[]>();
  for (const { why, check } of notLookedAt) groups.set(why, [...(groups.get(why) ?? []), check]);
  return [...groups];
};

/** Counts the checks by how they ended. */
export const verdictsOf = (reports: readonly CheckReport[]) => ({
  sound: reports.flatMap(({ sound }) => sound).length,
  warnings: countOf(reports, 'warning'),
  errors: countOf(reports, 'error'),
  notLookedAt: reports.flatMap(({ notLookedAt }) => notLookedAt).length,
});

/** Nothing is called well that AWS did not let the doctor see. */
export const exitCodeOf = (reports: readonly CheckReport[]): ExitCode => {
  if (countOf(reports, 'error') > 0) return EXIT.invalid;
  const isBlind = reports.some(({ findings }) => findings.some(({ code }) => code === 'unread'));
  return isBlind ? EXIT.failed : EXIT.ok;
};

/** One line with the numbers. */
export const summaryOf = (reports: readonly CheckReport[]): string => {
  const { sound, warnings, errors, notLookedAt } = verdictsOf(reports);
  return `${sound} sound, ${warnings} to look at, ${errors} wrong, ${notLookedAt} not looked at`;
};

const countOf = (reports: readonly CheckReport[], verdict: DoctorFinding['verdict']): number =>
  reports.flatMap(({ findings }) => findings).filter((each) => each.verdict === verdict).length;
