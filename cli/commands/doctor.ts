import picocolors from 'picocolors';
import type { Configuration, Group } from '../../shared/domain/configuration.ts';
import { type Diagnosis, diagnose } from '../../shared/domain/doctor/diagnose.ts';
import { ok, type Result } from '../../shared/domain/result.ts';
import { describeDiagnosis, hasErrors, summaryOf } from '../doctor/describe-diagnosis.ts';
import { deploymentCommand } from '../override/deployment-command.ts';
import { failed } from '../override/failure.ts';
import { configured, type DeploymentOptions, groupNamed } from '../override/reach.ts';
import { EXIT, type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate doctor [GROUP]`: what is wrong with a deployment and its groups; it only reads. */
export const doctorCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand(
    'doctor',
    'look at what is deployed, and say what is wrong and how to mend it; changes nothing',
  )
    .argument('[group]', 'one group of tidegate.yml (default: all)')
    .option('--topic <arn>', 'the alarm topic (env: TIDEGATE_TOPIC; default: found by the stack)')
    .option('--json', 'print one JSON object instead of text')
    .addHelpText(
      'before',
      'Examples:\n  $ tidegate doctor\n  $ tidegate doctor web --stage prod\n  $ tidegate doctor --json\n',
    )
    .action(async (group, options) => finish(await run(group, options, terminal)));

type Options = DeploymentOptions &
  Readonly<{ json?: true | undefined; topic?: string | undefined }>;

const run = async (
  name: string | undefined,
  options: Options,
  terminal: Terminal,
): Promise<number> => {
  const { stdout, stderr, connect, env } = terminal;
  const asked = askedFor(name, configured(options, terminal));
  if (!asked.ok) {
    stderr.write(`tidegate: ${asked.problem}\n`);
    return EXIT.invalid;
  }

  try {
    const stack = `${options.service}-${options.stage}`;
    const topicArn = options.topic ?? env.TIDEGATE_TOPIC;
    const account = await connect();
    const diagnoses = diagnose(
      await account.examine({
        ...{ stack, ...asked.value },
        ...(topicArn === undefined ? {} : { topicArn }),
      }),
    );
    stdout.write(options.json ? asJson(diagnoses) : asText(diagnoses, terminal));
    return hasErrors(diagnoses) ? EXIT.invalid : EXIT.ok;
  } catch (thrown) {
    return failed(thrown, terminal);
  }
};

type Asked = Readonly<{ configuration: Configuration; groups: readonly Group[] }>;

const askedFor = (
  name: string | undefined,
  found: Result<Configuration, string>,
): Result<Asked, string> => {
  if (!found.ok) return found;
  const configuration = found.value;
  if (name === undefined) return ok({ configuration, groups: configuration.groups });

  const group = groupNamed(configuration, name);
  return group.ok ? ok({ configuration, groups: [group.value] }) : group;
};

const asJson = (diagnoses: readonly Diagnosis[]): string =>
  `${JSON.stringify({ schemaVersion: 1, diagnoses }, null, 2)}\n`;

const asText = (diagnoses: readonly Diagnosis[], terminal: Terminal): string => {
  const paint = picocolors.createColors(isColourful(terminal));
  const parts = diagnoses.map((diagnosis) => describeDiagnosis(diagnosis, paint));
  return `${[...parts, summaryOf(diagnoses)].join('\n\n')}\n`;
};
