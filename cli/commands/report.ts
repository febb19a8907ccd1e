import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import { configured, type DeploymentOptions, reachTable } from '#cli/deployment/find-deployment.ts';
import { groupNamed } from '#cli/deployment/group-named.ts';
import { failure } from '#cli/output/failure.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import { readSizes } from '#cli/report/read-sizes.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import { describeReport } from '#domain/report/describe-report.ts';
import { reportOn } from '#domain/report/report-on.ts';
import { DAY_SECONDS, SECOND_MS } from '#domain/time/instant.ts';
import { readDuration } from '#parse/configuration/words/duration.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate report [GROUP]`: what groups did in a time, what it took, and what that suggests; it only reads. */
export const reportCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('report', [
    'tidegate report --stage prod',
    'tidegate report web --since 30d',
    'tidegate report --json',
  ])
    .argument('[group]', 'one group of tidegate.yml (default: all)')
    .option('--since <duration>', 'how far back, at most 30d', '7d')
    .action((group, options) =>
      perform(terminal, finish)({ command: 'report', ...options }, (announce) =>
        report(group, options, { terminal, announce }),
      ),
    );

type Options = DeploymentOptions & Readonly<{ since: string }>;

const report = async (
  name: string | undefined,
  options: Options,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<Report> => {
  const seconds = secondsIn(options.since);
  const configuration = configured(options, terminal);
  const groups = name === undefined ? configuration.groups : [groupNamed(configuration, name)];
  const reached = await reachTable(options, terminal);
  announce(reached.place);

  const now = terminal.now();
  const since = now - seconds * SECOND_MS;
  const { listDecisions } = await readsOf(reached, terminal);
  const [decisions, sizes] = await Promise.all([
    Promise.all(groups.map(({ name: group }) => listDecisions({ group, since, most: MOST }))),
    readSizes(await reached.account.recorder(), groups, { from: since, to: now }),
  ]);
  const reports = groups.map((group, index) => {
    const known = sizes[index];
    return reportOn({
      group,
      decisions: decisions[index] ?? [],
      ...(known === undefined ? {} : { sizes: known }),
    });
  });
  const isCut = decisions.some(({ length }) => length >= MOST);
  return {
    text: reports.map((each) => describeReport(each, seconds)).join('\n\n'),
    data: { since, until: now, groups: reports, isCut },
    talk: isCut ? [`  only the newest ${MOST} decisions of a group were counted`] : [],
  };
};

/** The most decisions of a group that are counted, from the newest. */
const MOST = 100_000;

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
