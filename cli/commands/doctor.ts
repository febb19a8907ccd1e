import picocolors from 'picocolors';
import {
  namedDeployment,
  theOnlyDeployment,
  USUAL_SERVICE,
  USUAL_STAGE,
} from '#cli/deployment/find-deployment.ts';
import { unknownGroup } from '#cli/deployment/group-named.ts';
import { checkGroupName } from '#cli/deployment/groups-meant.ts';
import { type At, performOnEach } from '#cli/deployments/ask-all.ts';
import { severalDeploymentsCommand } from '#cli/deployments/several-deployments-command.ts';
import type { SeveralOptions } from '#cli/deployments/several-options.ts';
import {
  describeCheckReport,
  exitCodeOf,
  summaryOf,
  verdictsOf,
} from '#cli/doctor/describe-check-report.ts';
import { fleetsOf } from '#cli/doctor/fleets-of.ts';
import { type LearnedOptions, learnedNow } from '#cli/learn/learned-now.ts';
import type { Report } from '#cli/output/perform.ts';
import { type CheckReport, runChecks } from '#domain/doctor/run-checks.ts';
import { configurationIn, findConfiguration } from '../find-configuration.ts';
import { type Account, type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate doctor [GROUP]`: finds what is wrong with a deployment and its groups; it only reads. */
export const doctorCommand = (terminal: Terminal, finish: Finish) =>
  severalDeploymentsCommand('doctor', [
    'tidegate doctor',
    'tidegate doctor web --stage prod',
    'tidegate doctor --json',
    'tidegate doctor --all',
  ])
    .argument('[group]', 'one group of tidegate.yml (default: all)')
    .option(
      '--topic <arn>',
      'the ARN of the alarm topic (env: TIDEGATE_TOPIC; default: the one of the stack)',
    )
    .option(
      '--history <path>',
      'the history that learned values are compared with (default: history)',
    )
    .option('--slo <limit>', 'the limit that learned values keep (default: cpu < 80)')
    .option('--verbose', 'name what is sound, too, and what was not looked at, with the reasons')
    .action((group, options) =>
      performOnEach(terminal, finish)(
        { command: 'doctor', ...options },
        options,
        (own: Options, at) => run(group, own, at),
      ),
    );

type Options = SeveralOptions &
  LearnedOptions &
  Readonly<{ topic?: string | undefined; verbose?: true | undefined }>;

const run = async (
  name: string | undefined,
  options: Options,
  { terminal, announce }: At,
): Promise<Report> => {
  const found = findConfiguration(options.config, terminal);
  // A mistake in the file, or in the name of the group, needs no AWS to be told.
  const groupsAt = (prefix: string) => {
    const configuration = configurationIn(found, prefix);
    checkGroupName(configuration, name);
    const groups = configuration.groups.filter((each) => name === undefined || each.name === name);
    return { configuration, groups };
  };
  groupsAt(USUAL_SERVICE);

  const account = await terminal.connect(options);
  const { service, stage } = await whichStage(options, terminal, account);
  const stack = `${service}-${stage}`;
  const topicArn = options.topic ?? (terminal.env.TIDEGATE_TOPIC || undefined);
  const { configuration, groups } = groupsAt(stack);
  const { fleets, members } = await fleetsOf(account, configuration, { stack, name });
  const asked = [...groups, ...members];
  if (name !== undefined && asked.length === 0 && fleets.length === 0) {
    throw unknownGroup(configuration, name);
  }
  const examined = await account.examine({
    stack,
    now: terminal.now(),
    configuration,
    groups: asked,
    ...(topicArn === undefined ? {} : { topicArn }),
  });
  const checkup = fleets.length === 0 ? examined : { ...examined, fleets };
  const { region, account: id, version } = checkup.deployment;
  announce({
    service,
    stage,
    stack,
    ...(region === undefined ? {} : { region }),
    ...(id === undefined ? {} : { account: id }),
    ...(version === undefined ? {} : { version }),
  });

  const looked = checkup.groups.map((facts) => {
    const learned = learnedNow({ text: found.text, group: facts.group }, options, terminal);
    return learned === undefined ? facts : { ...facts, learned };
  });
  const reports = runChecks({ ...checkup, groups: looked });
  return {
    text: asText(reports, options, terminal),
    data: { diagnoses: reports.map(withOldName), verdicts: verdictsOf(reports) },
    exitCode: exitCodeOf(reports),
  };
};

/** Scripts read `findings`; `ailments` is the older name of it, kept for a version. */
const withOldName = (report: CheckReport) => ({ ...report, ailments: report.findings });

type Stage = Readonly<{ service: string; stage: string }>;

/** The stage that is named, else the only one; where nothing is deployed, the one that would be. */
const whichStage = async (
  options: Options,
  terminal: Terminal,
  account: Account,
): Promise<Stage> => {
  const { service = USUAL_SERVICE, stage } = namedDeployment(options, terminal);
  if (stage !== undefined) return { service, stage };
  const [only] = await theOnlyDeployment(options, terminal, account);
  return only ?? { service, stage: USUAL_STAGE };
};

const asText = (
  reports: readonly CheckReport[],
  { verbose }: Options,
  terminal: Terminal,
): string => {
  const isWhole = verbose === true;
  const paint = picocolors.createColors(isColourful(terminal));
  const parts = reports.map((report) => describeCheckReport(report, paint, { isWhole }));
  const isMore =
    !isWhole && reports.some(({ sound, notLookedAt }) => sound.length + notLookedAt.length > 0);
  const more = isMore ? ' (--verbose names all checks)' : '';
  return [...parts, `${summaryOf(reports)}${more}`].join('\n\n');
};
