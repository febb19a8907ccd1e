import type { DoctorFinding } from '#domain/doctor/finding.ts';
import type { CheckReport, Unlooked } from '#domain/doctor/run-checks.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

type Paint = Readonly<
  Record<'bold' | 'green' | 'yellow' | 'red' | 'dim', (text: string) => string>
>;

/**
 * Describes one place: what is wrong, then what needs a look, and how many checks are sound or were not made. With
 * `isWhole` it names those, too, with the reasons.
 */
export const describeCheckReport = (
  report: CheckReport,
  paint: Paint,
  { isWhole }: Readonly<{ isWhole: boolean }>,
): string =>
  [
    paint.bold(report.subject),
    ...errorsFirst(report.findings).flatMap((finding) => [
      `  ${signOf(finding, paint)} ${finding.message} (${finding.code})`,
      `      fix: ${finding.fix}`,
    ]),
    ...(isWhole ? restOf(report, paint) : [countsOf(report, paint)]),
  ].join('\n');

const errorsFirst = (findings: readonly DoctorFinding[]): readonly DoctorFinding[] =>
  findings.toSorted((one, other) => rankOf(one) - rankOf(other));

const rankOf = ({ verdict }: DoctorFinding): number => (verdict === 'error' ? 0 : 1);

const restOf = ({ sound, notLookedAt }: CheckReport, paint: Paint): readonly string[] => [
  ...sound.map((sentence) => `  ${paint.green('✓')} ${sentence}`),
  ...byReason(notLookedAt).flatMap(([why, checks]) => [
    `  ${paint.dim('–')} not looked at, because ${why}:`,
    ...checks.map((check) => `      ${check}`),
  ]),
];

const countsOf = ({ sound, notLookedAt }: CheckReport, paint: Paint): string => {
  const rest = notLookedAt.length === 0 ? '' : `, ${notLookedAt.length} not looked at`;
  return `  ${paint.green('✓')} ${sound.length} sound${rest}`;
};

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
