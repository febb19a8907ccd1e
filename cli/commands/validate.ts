import { Command } from '@commander-js/extra-typings';
import picocolors from 'picocolors';
import { parseConfiguration } from '../../shared/parse/configuration/parse-configuration.ts';
import { findConfiguration } from '../find-configuration.ts';
import { EXIT, type Finish, isColourful, type Terminal } from '../terminal.ts';
import { describeValidation } from '../validation/describe-validation.ts';
import { reportOf } from '../validation/report-of.ts';

/** `tidegate validate`: every mistake in the file, or what the file means. */
export const validateCommand = (terminal: Terminal, finish: Finish) =>
  new Command('validate')
    .description('check tidegate.yml and say what it means')
    .argument('[file]', 'the file (env: TIDEGATE_CONFIG; default: tidegate.yml here or above)')
    .option('--json', 'print one JSON object instead of text')
    .option(
      '--service <name>',
      'the service in serverless.yml; names of alarms begin with it',
      'tidegate',
    )
    .option('--stage <name>', 'the stage that you deploy; it follows in the names of alarms', 'dev')
    .addHelpText('before', EXAMPLES)
    .action((file, options) => finish(validate(file, options, terminal)));

const EXAMPLES = `Examples:
  $ tidegate validate
  $ tidegate validate prod.yml --stage prod
  $ tidegate validate --json
`;

type Options = Readonly<{ json?: true | undefined; service: string; stage: string }>;

const validate = (
  argument: string | undefined,
  { json, service, stage }: Options,
  terminal: Terminal,
): number => {
  const { stderr, stdout } = terminal;
  const found = findConfiguration(argument, terminal);
  if (!found.ok) {
    stderr.write(`tidegate: ${found.problem}\n`);
    return EXIT.usage;
  }

  const { file, how, text } = found.value;
  stderr.write(`tidegate: reading ${file} (${how})\n`);
  const result = parseConfiguration(text, { file, prefix: `${service}-${stage}` });
  const paint = picocolors.createColors(isColourful(terminal));
  const output = json
    ? JSON.stringify(reportOf(file, result), null, 2)
    : describeValidation(file, result, paint);

  stdout.write(`${output}\n`);
  if (result.ok)
    stderr.write(`tidegate: next, deploy it: npx serverless deploy --stage ${stage}\n`);
  return result.ok ? EXIT.ok : EXIT.invalid;
};
