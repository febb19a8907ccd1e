import { asError } from '../../shared/domain/as-error.ts';
import { EXIT, type Terminal } from '../terminal.ts';

/** Says why AWS could not be asked, or refused, and what may help. */
export const failed = (thrown: unknown, { stderr }: Terminal): number => {
  const { name, message } = asError(thrown);
  stderr.write(`tidegate: AWS did not do it: ${name}: ${message}\n`);
  stderr.write(
    `  ${HINTS.find(({ sign }) => sign.test(`${name} ${message}`))?.hint ?? OTHERWISE}\n`,
  );
  return EXIT.failed;
};

/** Says that the override changed while the command was at work. */
export const overtaken = ({ stderr }: Terminal): number => {
  stderr.write('tidegate: somebody else was faster; look again: tidegate overrides\n');
  return EXIT.failed;
};

const HINTS = [
  { sign: /region/i, hint: 'set the Region: export AWS_REGION=eu-central-1' },
  { sign: /credential|token/i, hint: 'sign in: aws sso login, or export AWS_PROFILE' },
  {
    sign: /access ?denied|not authorized/i,
    hint: 'it takes cloudformation:DescribeStackResources, and dynamodb:GetItem and PutItem on the table',
  },
  {
    sign: /does not exist|not found/i,
    hint: 'is it deployed under another name? say --service and --stage, or --table',
  },
];
const OTHERWISE = 'is the Region right, and AWS within reach?';
