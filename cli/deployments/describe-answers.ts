import { describeFailure } from '#cli/output/failure.ts';
import { describePlace } from '#cli/output/place.ts';
import type { DeploymentAnswer } from './answer.ts';

type Paint = Readonly<Record<'bold' | 'red', (text: string) => string>>;

/** The answers of all deployments for people, each below its name, and a line that counts them. */
export const describeAnswers = (answers: readonly DeploymentAnswer[], paint: Paint): string =>
  [...answers.map((answer) => describeAnswer(answer, paint)), counted(answers, paint)].join('\n\n');

const describeAnswer = (answer: DeploymentAnswer, paint: Paint): string => {
  const { name, place } = answer;
  const heading = paint.bold(place === undefined ? name : `${name}: ${describePlace(place)}`);
  return [
    heading,
    'report' in answer
      ? answer.report.text
      : paint.red(
          describeFailure(answer.failure)
            .replace(/^tidegate: /m, 'no answer: ')
            .trimEnd(),
        ),
  ].join('\n');
};

/** Nobody who reads the end of a long answer must miss that a part of it is not there. */
const counted = (answers: readonly DeploymentAnswer[], paint: Paint): string => {
  const silent = answers.filter((answer) => 'failure' in answer).map(({ name }) => name);
  const all = `${answers.length} ${answers.length === 1 ? 'deployment' : 'deployments'}`;
  return silent.length === 0
    ? `${all} answered`
    : paint.red(
        `${answers.length - silent.length} of ${all} answered, without ${silent.join(', ')}`,
      );
};
