import { InvalidArgumentError } from '@commander-js/extra-typings';
import picocolors from 'picocolors';
import { configured, reachTable } from '#cli/deployment/find-deployment.ts';
import { checkGroupName, describeLeft, groupsMeant } from '#cli/deployment/groups-meant.ts';
import { type At, performOnEach } from '#cli/deployments/ask-all.ts';
import { severalDeploymentsCommand } from '#cli/deployments/several-deployments-command.ts';
import type { SeveralOptions } from '#cli/deployments/several-options.ts';
import { describeDecisions } from '#cli/history/describe-decisions.ts';
import { sinceSaid } from '#cli/history/time-said.ts';
import type { Report } from '#cli/output/perform.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate history [GROUP]`: lists the recorded decisions; it only reads. */
export const historyCommand = (terminal: Terminal, finish: Finish) =>
  severalDeploymentsCommand('history', [
    'tidegate history web --stage prod',
    'tidegate history --since 7d --changes',
    'tidegate history web --since 2026-03-02T06:00:00Z --json',
    'tidegate history --all',
  ])
    .argument('[group]', 'one group of tidegate.yml (default: all)')
    .option('--since <when>', 'how long ago, such as 90m or 7d, or a time', '24h')
    .option('--changes', 'only decisions that changed a group')
    .option(
      '--most <number>',
      'the most decisions of each group, counted from the newest',
      mostIn,
      1_000,
    )
    .action((group, options) =>
      performOnEach(terminal, finish)(
        { command: 'history', ...options },
        options,
        (own: Options, at) => list(group, own, at),
      ),
    );

type Options = SeveralOptions &
  Readonly<{ since: string; most: number; changes?: true | undefined }>;

const mostIn = (text: string): number => {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number from 1 to 999999');
};

const list = async (
  name: string | undefined,
  options: Options,
  { terminal, announce }: At,
): Promise<Report> => {
  const since = sinceSaid(options.since, terminal.now());
  const configuration = configured(options, terminal);
  checkGroupName(configuration, name);
  const reached = await reachTable(options, terminal);
  announce(reached.place);

  const reads = await readsOf(reached, terminal);
  const meant = await groupsMeant(reads, configuration, name);
  const lists = await Promise.all(
    meant.groups.map(({ name: group }) =>
      reads.listDecisions({ group, since, most: options.most + 1 }),
    ),
  );
  const decisions = lists
    .flatMap((each) => each.slice(0, options.most))
    .filter(({ status }) => options.changes !== true || status === 'applied')
    .toSorted((a, b) => a.at - b.at);
  const isCut = lists.some(({ length }) => length > options.most);
  const paint = picocolors.createColors(isColourful(terminal));

  return {
    text: decisions.length === 0 ? nothing(since) : describeDecisions(decisions, paint),
    data: { since, decisions, isCut },
    talk: [
      ...describeLeft(meant),
      ...(isCut ? [`  there are older ones: say --most, or a later --since`] : []),
      ...(decisions.length === 0
        ? []
        : ['  times are UTC; one of them as a story: tidegate why GROUP ID']),
    ],
  };
};

const nothing = (since: number): string =>
  `no decision was recorded since ${new Date(since).toISOString()}: nothing new was decided`;
