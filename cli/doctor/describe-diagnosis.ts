import type { Ailment } from '../../shared/domain/doctor/ailment.ts';
import type { Diagnosis } from '../../shared/domain/doctor/diagnose.ts';

type Paint = Readonly<Record<'bold' | 'green' | 'yellow' | 'red', (text: string) => string>>;

/** What was found in one place: what is wrong first, then what is sound. */
export const describeDiagnosis = ({ subject, sound, ailments }: Diagnosis, paint: Paint): string =>
  [
    paint.bold(subject),
    ...ailments.flatMap((ailment) => [
      `  ${signOf(ailment, paint)} ${ailment.message} (${ailment.code})`,
      `      mend: ${ailment.fix}`,
    ]),
    ...sound.map((sentence) => `  ${paint.green('✓')} ${sentence}`),
  ].join('\n');

const signOf = ({ verdict }: Ailment, paint: Paint): string =>
  verdict === 'error' ? paint.red('✗') : paint.yellow('!');

export const hasErrors = (diagnoses: readonly Diagnosis[]): boolean =>
  countOf(diagnoses, 'error') > 0;

/** One line with the numbers. */
export const summaryOf = (diagnoses: readonly Diagnosis[]): string => {
  const sound = diagnoses.reduce((sum, each) => sum + each.sound.length, 0);
  return `${sound} sound, ${countOf(diagnoses, 'warning')} to look at, ${countOf(diagnoses, 'error')} wrong`;
};

const countOf = (diagnoses: readonly Diagnosis[], verdict: Ailment['verdict']): number =>
  diagnoses.flatMap(({ ailments }) => ailments).filter((each) => each.verdict === verdict).length;
