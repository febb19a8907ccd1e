import { resolve } from 'node:path';
import { groupNamed } from '#cli/deployment/group-named.ts';
import { historyFolder } from '#cli/history/history-folder.ts';
import { type Recorded, recordHistory } from '#cli/history/record-history.ts';
import { CommandFailure, failure } from '#cli/output/failure.ts';
import { failureOf } from '#cli/output/failure-of.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { LONGEST_DAYS, periodFor, type TimeRange } from '#domain/history/record-plan.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { DAY_SECONDS, type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { readDuration } from '#parse/configuration/words/duration.ts';
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
    .option('--since <duration>', 'how far back; the same command goes on where it ended', '14d')
    .option('-o, --out <dir>', 'the folder of the history (docs/history.md)', 'history')
    .option('--group <name>', 'one group of tidegate.yml (default: all)')
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
  const groups = groupsIn(options, terminal);
  const seconds = secondsIn(options.since);
  const periodSeconds = periodFor(seconds) as number;
  const wanted = spanOf(terminal.now(), seconds, periodSeconds);

  const account = await terminal.connect(options);
  const [region, ports] = await Promise.all([account.region(), account.recorder()]);
  const progress = progressOn(terminal);
  const folder = historyFolder(resolve(terminal.cwd, options.out));
  let [kept, all] = [0, 0];
  try {
    const recorded = await recordHistory(
      folder,
      { groups, wanted, periodSeconds, region },
      {
        ...ports,
        onCall: (done, calls, until) => {
          [kept, all] = [done, calls];
          progress.show(
            `fetching from ${describeInstant(until)}: ${done} of ${calls} calls are done`,
          );
        },
      },
    );
    return reportOf(recorded, { options, wanted, region, periodSeconds });
  } catch (thrown) {
    const told = failureOf(thrown, { ...terminal, profile: options.profile });
    const isToGoOn = kept > 0 && !(thrown instanceof CommandFailure);
    const help = isToGoOn
      ? `${told.help}; ${kept} of ${all} calls are kept in ${options.out}: the same command goes on from there`
      : told.help;
    throw new CommandFailure(
      { ...told, ...(help === undefined ? {} : { help }) },
      { cause: thrown },
    );
  } finally {
    progress.clear();
  }
};

const groupsIn = ({ config, group }: Options, terminal: Terminal): readonly Group[] => {
  const configuration = configurationIn(findConfiguration(config, terminal), 'tidegate');
  return group === undefined ? configuration.groups : [groupNamed(configuration, group)];
};

const SHORTEST_SECONDS = 3_600;

const secondsIn = (text: string): number => {
  const seconds = readDuration(text);
  if (!seconds.ok) {
    const { message, expected, suggestion } = seconds.problem;
    throw failure('usage', `--since: ${message}; expected ${expected}`, suggestion);
  }
  const { value } = seconds;
  if (value >= SHORTEST_SECONDS && value <= LONGEST_DAYS * DAY_SECONDS) return value;
  throw failure(
    'usage',
    `--since: found ${text}; expected from 1h to ${LONGEST_DAYS}d`,
    'CloudWatch keeps periods of a minute for 15 days, of 5 minutes for 63 days, of an hour for 455 days',
  );
};

/** Datapoints of the last minutes may still change. */
const SETTLING_MS = 5 * MINUTE_MS;

/** Whole periods, up to the last that has settled. */
const spanOf = (now: Instant, seconds: number, periodSeconds: number): TimeRange => {
  const periodMs = periodSeconds * SECOND_MS;
  const whole = (at: Instant): Instant => Math.floor(at / periodMs) * periodMs;
  const to = whole(now - SETTLING_MS);
  return { from: whole(to - seconds * SECOND_MS), to };
};

/** A line that is written over, where somebody watches. */
const progressOn = ({ stderr, env }: Terminal) => {
  const isShown = stderr.isTTY === true && !env.CI && env.TERM !== 'dumb';
  const write = (text: string): void => {
    if (isShown) stderr.write(`\r\u001B[K${text}`);
  };
  return { show: write, clear: () => write('') };
};

type Circumstances = Readonly<{
  options: Options;
  wanted: TimeRange;
  region: string;
  periodSeconds: number;
}>;

const reportOf = (
  { calls, groups }: Recorded,
  { options, wanted, region, periodSeconds }: Circumstances,
): Report => {
  const lines = groups.map(({ group, series, launches }) =>
    [
      `${group}: ${launches} launches`,
      ...Object.entries(series).map(([name, points]) => `${name} ${points}`),
    ].join(', '),
  );
  return {
    text: [
      `${options.out} has ${describeInstant(wanted.from)} to ${describeInstant(wanted.to)}, of ${region}; points of each series:`,
      ...lines,
    ].join('\n'),
    data: {
      directory: options.out,
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
