import { Option } from '@commander-js/extra-typings';
import type { SurveyedGroup } from '#aws/survey/survey.ts';
import {
  accountFile,
  divide,
  fragmentFor,
  hintFor,
  type LeftGroup,
  named,
} from '#cli/init/account-file.ts';
import { EXAMPLES, type ExampleKind, exampleFile } from '#cli/init/example-file.ts';
import { gitignore, refuseToOverwrite, writeFiles } from '#cli/init/new-files.ts';
import { askedQueues, readQueue, withQueues } from '#cli/init/queues.ts';
import { serverlessFile } from '#cli/init/serverless-file.ts';
import { failure } from '#cli/output/failure.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import type { ImportNote } from '#parse/import/translation.ts';
import { newPlainCommand } from '../new-command.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate init`: writes the two files to begin with, from what the account has or from an example. */
export const initCommand = (terminal: Terminal, finish: Finish) =>
  newPlainCommand('init', [
    'tidegate init',
    'tidegate init --region eu-central-1 --asg web-prod --asg workers-prod --yes',
    'tidegate init --asg workers-prod --queue workers-prod=orders',
    'tidegate init --example web',
  ])
    .addOption(
      new Option('--example <kind>', 'begin with an example instead; AWS is not asked').choices(
        Object.keys(EXAMPLES) as ExampleKind[],
      ),
    )
    .option(
      '--asg <name>',
      'an Auto Scaling group to write rules for; once for each (default: all that can be)',
      (name: string, others: readonly string[] | undefined) => [...(others ?? []), name],
    )
    .option(
      '--queue <group=queue>',
      'the SQS queue that the instances of a group work on; once for each (default: those of its policies)',
      (text: string, others: readonly string[] | undefined) => [...(others ?? []), text],
    )
    .option(
      '--email <address>',
      'the address that gets the messages (default: an example to be replaced)',
    )
    .option('--yes', 'ask no questions; without a terminal none are asked either')
    .option('--force', 'write over serverless.yml and tidegate.yml')
    .option('--region <name>', 'the AWS Region (env: AWS_REGION; default: that of the profile)')
    .option('--profile <name>', 'the AWS profile (env: AWS_PROFILE)')
    .action((options) =>
      perform(terminal, finish)({ command: 'init', ...options }, () => run(options, terminal)),
    );

type Options = Readonly<{
  example?: ExampleKind | undefined;
  asg?: readonly string[] | undefined;
  queue?: readonly string[] | undefined;
  email?: string | undefined;
  yes?: true | undefined;
  force?: true | undefined;
  region?: string | undefined;
  profile?: string | undefined;
  json?: true | undefined;
}>;

const NAMES = ['serverless.yml', 'tidegate.yml'];

const run = async (options: Options, terminal: Terminal): Promise<Report> => {
  const { cwd } = terminal;
  refuseToOverwrite(cwd, NAMES, options.force);
  const made =
    options.example === undefined
      ? await ofAccount(options, terminal)
      : ofExample(options.example, options, terminal);
  const files = [
    { name: 'serverless.yml', text: serverlessFile(made.region) },
    { name: 'tidegate.yml', text: made.text },
    ...gitignore(cwd),
  ];
  writeFiles(cwd, files);

  const names = files.map(({ name }) => name);
  return {
    text: [`wrote ${names.join(', ')}`, ...made.told].join('\n'),
    data: { files: names, groups: made.groups, left: made.left, notes: made.notes },
    talk: ['tidegate: next, read tidegate.yml, then: npx tidegate validate && npx tidegate lint'],
  };
};

/** The text of tidegate.yml, and what there is to say about it. */
type Made = Readonly<{
  text: string;
  region: string | undefined;
  told: readonly string[];
  groups: readonly string[];
  left: readonly LeftGroup[];
  notes: readonly ImportNote[];
}>;

const ofExample = (kind: ExampleKind, options: Options, { env }: Terminal): Made => ({
  text: exampleFile(kind, options.email),
  region: options.region ?? (env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined),
  told: [],
  groups: [],
  left: [],
  notes: [],
});

const ofAccount = async (options: Options, terminal: Terminal): Promise<Made> => {
  const account = await terminal.connect(options);
  const [region, all] = await Promise.all([account.region(), account.survey()]);
  const { wanted, left } = divide(named(all, options.asg));
  if (wanted.length === 0) throw nothingToScale(region, left);

  const ask = options.yes || options.json ? undefined : terminal.ask;
  const picked = await chosen(wanted, options, ask);
  const queue = (options.queue ?? []).map(readQueue);
  const groups = withQueues(picked, [...queue, ...(await askedQueues(picked, queue, ask))]);
  const email = options.email ?? (await ask?.text('Who is told, by e-mail?', 'ops@example.com'));
  const fragment = await fragmentFor(groups, {
    ports: await account.recorder(),
    now: terminal.now(),
    onGroup: (done, count, name) =>
      terminal.stderr.write(`tidegate: reading 14 days of ${name} (${done + 1} of ${count})\n`),
  });
  if (ask && !(await ask.confirm(`Write ${NAMES.join(' and ')} here?`))) {
    throw failure('usage', 'you ended it; nothing was written');
  }
  return {
    text: accountFile(fragment, { left, email, now: terminal.now() }),
    region,
    told: [
      ...fragment.groups.map(
        ({ name, rules }) =>
          `${name}: ${rules.length} ${rules.length === 1 ? 'rule' : 'rules'} in shadow`,
      ),
      ...left.map(({ autoScalingGroup, why }) => `left out: ${autoScalingGroup}: ${why}`),
      ...fragment.notes.map(({ about, message }) => `note: ${about}: ${message}`),
    ],
    groups: groups.map(({ autoScalingGroup }) => autoScalingGroup),
    left,
    notes: fragment.notes,
  };
};

const chosen = async (
  wanted: readonly SurveyedGroup[],
  { asg }: Options,
  ask: Terminal['ask'],
): Promise<readonly SurveyedGroup[]> => {
  if (ask === undefined || asg !== undefined) return wanted;
  const names = await ask.choose(
    'For which groups?',
    wanted.map((each) => ({ value: each.autoScalingGroup, hint: hintFor(each) })),
  );
  return wanted.filter(({ autoScalingGroup }) => names.includes(autoScalingGroup));
};

const nothingToScale = (region: string, left: readonly LeftGroup[]) =>
  failure(
    'unknown-name',
    left.length === 0
      ? `there is no Auto Scaling group in ${region}`
      : `no group in ${region} can be scaled: ${left.map(({ autoScalingGroup, why }) => `${autoScalingGroup}: ${why}`).join('; ')}`,
    'give --region or --profile; or begin with an example: tidegate init --example web',
  );
