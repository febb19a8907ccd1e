import { deployedSource } from '#cli/console/deployed-source.ts';
import { configured, configuredAt, reachTable } from '#cli/deployment/find-deployment.ts';
import { checkGroupName, describeLeft, groupsMeant } from '#cli/deployment/groups-meant.ts';
import { type At, performOnEach } from '#cli/deployments/ask-all.ts';
import { severalDeploymentsCommand } from '#cli/deployments/several-deployments-command.ts';
import type { SeveralOptions } from '#cli/deployments/several-options.ts';
import { failure } from '#cli/output/failure.ts';
import type { Report } from '#cli/output/perform.ts';
import { writePage } from '#cli/output/write-page.ts';
import { MOST_DECISIONS, type ReadReport, readReport } from '#cli/report/read-report.ts';
import { reportPage } from '#cli/report/report-page.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import { describeChannelReports, describeReport } from '#domain/report/describe-report.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { DAY_SECONDS, SECOND_MS } from '#domain/time/instant.ts';
import { readDuration } from '#parse/configuration/words/duration.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate report [GROUP]`: sums up what groups did in a time, what it cost, and what that suggests; it only reads. */
export const reportCommand = (terminal: Terminal, finish: Finish) =>
  severalDeploymentsCommand('report', [
    'tidegate report --stage prod',
    'tidegate report web --since 30d',
    'tidegate report --out report.html',
    'tidegate report --json',
    'tidegate report --all',
  ])
    .argument('[group]', 'one group of tidegate.yml (default: all)')
    .option('--since <duration>', 'the time back from now, at most 30d', '7d')
    .option('-o, --out <file>', 'also write it as a page, with the time line and every decision')
    .action((group, options) =>
      performOnEach(terminal, finish)(
        { command: 'report', ...options },
        options,
        (own: Options, at) => report(group, own, at),
      ),
    );

type Options = SeveralOptions & Readonly<{ since: string; out?: string | undefined }>;

const report = async (
  name: string | undefined,
  options: Options,
  { terminal, announce }: At,
): Promise<Report> => {
  const seconds = secondsIn(options.since);
  const written = configured(options, terminal);
  checkGroupName(written, name);
  const reached = await reachTable(options, terminal);
  const configuration = configuredAt(reached.place, options, terminal);
  announce(reached.place);

  const isAll = name === undefined;
  const until = terminal.now();
  const meant = await groupsMeant(await readsOf(reached, terminal), configuration, name);
  const asked = {
    groups: meant.groups,
    channels: isAll ? configuration.channels : [],
    since: until - seconds * SECOND_MS,
    until,
  };
  const read = await readReport(reached, asked, terminal);
  if (options.out !== undefined) {
    const { groups } = asked;
    // The members that are meant stand among the groups.
    const { fleets: _fleets, ...others } = configuration;
    const lengthMs = Math.min(seconds, LONGEST_LINE_DAYS * DAY_SECONDS) * SECOND_MS;
    const shown = { reached, configuration: { ...others, groups }, lengthMs };
    const source = await deployedSource({ ...shown, user: terminal.user }, terminal);
    const page = await reportPage({ source, ...read, span: describeSeconds(seconds) });
    writePage(terminal.cwd, options.out, page);
  }
  return {
    text: textOf(read, seconds),
    data: {
      since: asked.since,
      until,
      ...read,
      ...(options.out === undefined ? {} : { page: options.out }),
    },
    talk: [
      ...describeLeft(meant),
      ...(read.isCut
        ? [`  only the newest ${MOST_DECISIONS} decisions of a group were counted`]
        : []),
      ...(options.out === undefined ? [] : [`  the page is ${options.out}`]),
    ],
  };
};

const textOf = ({ groups, channels }: ReadReport, seconds: number): string =>
  [
    ...groups.map((each) => describeReport(each, seconds)),
    ...(channels.length === 0 ? [] : [describeChannelReports(channels, seconds)]),
  ].join('\n\n');

/** CloudWatch keeps values of a minute, which the time line has, for so long. */
const LONGEST_LINE_DAYS = 15;

/** The ledger keeps decisions for so long. */
const LONGEST_DAYS = 30;
const SHORTEST_SECONDS = 3_600;

const secondsIn = (text: string): number => {
  const seconds = readDuration(text);
  if (
    seconds.ok &&
    seconds.value >= SHORTEST_SECONDS &&
    seconds.value <= LONGEST_DAYS * DAY_SECONDS
  ) {
    return seconds.value;
  }
  throw failure(
    'usage',
    `--since: found "${text}"; expected from 1h to ${LONGEST_DAYS}d`,
    'the ledger keeps decisions for 30 days',
  );
};
