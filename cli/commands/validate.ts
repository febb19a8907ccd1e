import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import picocolors from 'picocolors';
import { namedDeployment, USUAL_SERVICE, USUAL_STAGE } from '#cli/deployment/find-deployment.ts';
import { formatOption } from '#cli/output/format.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import { annotationsOfProblems } from '#cli/output/problem-annotations.ts';
import { describeValidation } from '#cli/validation/describe-validation.ts';
import { reportOf } from '#cli/validation/report-of.ts';
import { isEmulated } from '#parse/configuration/local-host.ts';
import { alarmPrefixOf } from '#parse/configuration/normalise/alarm-name.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { EXIT } from '../exit-codes.ts';
import { findConfiguration, namedFile, upwards } from '../find-configuration.ts';
import { newCommand } from '../new-command.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate validate`: lists every mistake in the file, or says what the file means. */
export const validateCommand = (terminal: Terminal, finish: Finish) =>
  newCommand('validate', [
    'tidegate validate',
    'tidegate validate prod.yml --stage prod',
    'tidegate validate --json',
  ])
    .argument('[file]', 'the same as --config')
    .option(
      '--service <name>',
      'the service in serverless.yml, which begins the names of alarms (env: TIDEGATE_SERVICE; default: tidegate)',
    )
    .option(
      '--stage <name>',
      'the stage that you deploy, which is in the names of alarms (env: TIDEGATE_STAGE; default: dev)',
    )
    .addOption(formatOption())
    .action((file, options) =>
      perform(terminal, finish)({ command: 'validate', ...options }, () =>
        validate(file, options, terminal),
      ),
    );

type Options = Readonly<{
  config?: string | undefined;
  service?: string | undefined;
  stage?: string | undefined;
}>;

const validate = (argument: string | undefined, options: Options, terminal: Terminal): Report => {
  const found = findConfiguration(namedFile(argument, options.config), terminal);
  const named = namedDeployment(options, terminal);
  const { service = USUAL_SERVICE, stage = USUAL_STAGE } = named;
  const result = parseConfiguration(found.text, {
    file: found.file,
    prefix: alarmPrefixOf({ service, stage }),
    isDeployed: !isEmulated(terminal.env.AWS_ENDPOINT_URL),
  });
  const paint = picocolors.createColors(isColourful(terminal));

  return {
    text: describeValidation(found.file, result, paint),
    data: reportOf(found.file, result),
    annotations: result.ok ? [] : annotationsOfProblems(result.problem, 'tidegate validate'),
    exitCode: result.ok ? EXIT.ok : EXIT.invalid,
    talk: [
      `tidegate: read ${found.file} (${found.how})`,
      ...(result.ok && named.stage === undefined
        ? [`tidegate: the names of alarms are those of stage ${stage}; --stage says another`]
        : []),
      ...(result.ok
        ? [`tidegate: next, deploy it: ${deployCommand(found.file, stage, terminal)}`]
        : []),
    ],
  };
};

/** The command that deploys this very file: serverless.yml takes its own tidegate.yml unless told another. */
const deployCommand = (file: string, stage: string, { cwd, env }: Terminal): string => {
  const home = upwards(cwd).find((each) => existsSync(resolve(each, 'serverless.yml'))) ?? cwd;
  const named = relative(home, resolve(cwd, file));
  const isUsual = named === 'tidegate.yml' && !env.TIDEGATE_CONFIG;
  return [
    ...(home === cwd ? [] : [`cd ${quoted(relative(cwd, home))} &&`]),
    ...(isUsual ? [] : [`TIDEGATE_CONFIG=${quoted(named)}`]),
    `npx serverless deploy --stage ${quoted(stage)}`,
  ].join(' ');
};

/** A word for a shell. */
const quoted = (word: string): string =>
  /^[\w./:@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
