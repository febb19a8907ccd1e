import { resolve } from 'node:path';
import { groupOrMember } from '#cli/deployment/groups-meant.ts';
import { type Fetched, fetchHistory } from '#cli/history/fetch-history.ts';
import { historyFolder } from '#cli/history/history-folder.ts';
import type { Recorded } from '#cli/history/record-history.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { isoSeconds } from '#parse/history/launches.ts';
import { configurationIn, findConfiguration } from '../find-configuration.ts';
import { newCommand } from '../new-command.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate record`: fetches the history of groups into a folder that travels in a repository. */
export const recordCommand = (terminal: Terminal, finish: Finish) =>
  newCommand('record', [
    'tidegate record',
    'tidegate record --since 14d --out history/ --group web',
    'tidegate record --region eu-central-1 --json',
  ])
    .option(
      '--since <duration>',
      'the time back from now; the same command goes on where it ended',
      '14d',
    )
    .option('-o, --out <dir>', 'the folder of the history (docs/history.md)', 'history')
    .option(
      '--group <name>',
      'one group of tidegate.yml, or one member of a fleet (default: all groups)',
    )
    .option('--region <name>', 'the AWS Region (env: AWS_REGION; default: that of the profile)')
    .option('--profile <name>', 'the AWS profile (env: AWS_PROFILE)')
    .action((options) =>
      perform(terminal, finish)({ command: 'record', ...options }, () => record(options, terminal)),
    );

type Options = Readonly<{
  config?: string | undefined;
  since: string;
  out: string;
  group?: string | undefined;
  region?: string | undefined;
  profile?: string | undefined;
  json?: true | undefined;
}>;

const record = async (options: Options, terminal: Terminal): Promise<Report> => {
  const fetched = await fetchHistory(
    {
      folder: historyFolder(resolve(terminal.cwd, options.out)),
      keptIn: options.out,
      groups: groupsIn(options, terminal),
      since: options.since,
      region: options.region,
      profile: options.profile,
    },
    terminal,
  );
  return reportOf(fetched, options.out);
};

const groupsIn = ({ config, group }: Options, terminal: Terminal): readonly Group[] => {
  const configuration = configurationIn(findConfiguration(config, terminal), 'tidegate');
  return group === undefined ? configuration.groups : [groupOrMember(configuration, group)];
};

const reportOf = (
  { recorded: { calls, groups }, wanted, region, periodSeconds }: Fetched,
  directory: string,
): Report => {
  const lines = groups.map(({ group, series, launches }) =>
    [
      `${group}: ${launches} launches`,
      ...Object.entries(series).map(([name, points]) => `${name} ${points}`),
    ].join(', '),
  );
  return {
    text: [
      `${directory} has ${describeInstant(wanted.from)} to ${describeInstant(wanted.to)}, of ${region}; points of each series:`,
      ...lines,
    ].join('\n'),
    data: {
      directory,
      region,
      from: isoSeconds(wanted.from),
      to: isoSeconds(wanted.to),
      periodSeconds,
      calls,
      groups,
    },
    talk: [
      ...(periodSeconds === 60
        ? []
        : [
            `tidegate: so long ago CloudWatch has one point each ${periodSeconds / 60} minutes; --since 15d gets minutes`,
          ]),
      ...groups.flatMap(adviceFor),
    ],
  };
};

/** The series without which a backtest has nothing to go by, and the way to get them. */
const adviceFor = ({
  group,
  autoScalingGroup,
  series,
}: Recorded['groups'][number]): readonly string[] => [
  ...(series.requests === undefined && series.messagesSent === undefined
    ? [
        `tidegate: ${group} names no load balancer with its target group, and no queue: what came to it is not known; name them in a metric or under health`,
      ]
    : []),
  ...(series.inService === 0
    ? [
        `tidegate: ${group} has no count of instances in service: aws autoscaling enable-metrics-collection --auto-scaling-group-name ${autoScalingGroup} --granularity 1Minute`,
      ]
    : []),
  ...(series.cpu === 0 ? [`tidegate: ${group} has no CPU in CloudWatch in this Region`] : []),
];
