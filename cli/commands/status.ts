import picocolors from 'picocolors';
import { observeStatus, type Status } from '#app/status/observe-status.ts';
import { configured, configuredAt, reachTable } from '#cli/deployment/find-deployment.ts';
import { checkGroupName, describeLeft, groupsMeant } from '#cli/deployment/groups-meant.ts';
import { type At, performOnEach } from '#cli/deployments/ask-all.ts';
import { severalDeploymentsCommand } from '#cli/deployments/several-deployments-command.ts';
import type { SeveralOptions } from '#cli/deployments/several-options.ts';
import type { LearnedOptions } from '#cli/learn/learned-now.ts';
import { failure } from '#cli/output/failure.ts';
import type { Report } from '#cli/output/perform.ts';
import { describeMany } from '#cli/status/describe-many.ts';
import { describeStatus } from '#cli/status/describe-status.ts';
import { describeDrift, driftIn, type GroupDrift } from '#cli/status/learned-drift.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import { findConfiguration } from '../find-configuration.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate status [GROUP]`: shows each group now, and its next decision; it only reads. */
export const statusCommand = (terminal: Terminal, finish: Finish) =>
  severalDeploymentsCommand('status', [
    'tidegate status --stage prod',
    'tidegate status web --watch',
    'tidegate status web --json',
    'tidegate status --all',
  ])
    .argument('[group]', 'one group of tidegate.yml (default: all)')
    .option(
      '--history <path>',
      'the history that learned values are compared with (default: history)',
    )
    .option('--slo <limit>', 'the limit that learned values keep (default: cpu < 80)')
    .option('--watch', 'look again every 10 seconds, until you end it')
    .action((group, options) =>
      performOnEach(terminal, finish)(
        { command: 'status', ...options },
        options,
        (own: Options, at) => show(group, own, at),
      ),
    );

type Options = SeveralOptions &
  LearnedOptions &
  Readonly<{ watch?: true | undefined; json?: true | undefined }>;

/** Seconds between the looks of `--watch`. */
const WATCH_SECONDS = 10;
/** Clears the screen of a terminal, and goes to its first line. */
const CLEAR = '\u001B[2J\u001B[H';

const show = async (
  name: string | undefined,
  options: Options,
  { terminal, announce, listedAs }: At,
): Promise<Report> => {
  if (options.watch && options.json) {
    throw failure(
      'usage',
      '--watch is for people, and --json prints one object',
      'give one of them',
    );
  }
  // A mistake in the file, or in the name of the group, needs no AWS to be told.
  const said = configured(options, terminal);
  checkGroupName(said, name);
  const reached = await reachTable(options, terminal);
  const configuration = configuredAt(reached.place, options, terminal);
  announce(reached.place);

  const reads = await readsOf(reached, terminal);
  const meant = await groupsMeant(reads, configuration, name);
  const look = () => observeStatus(reads, configuration, meant.groups);
  const { text } = findConfiguration(options.config, terminal);
  const drift = driftIn({ text, groups: meant.groups }, options, terminal);
  if (options.watch) return watch(look, drift, terminal);
  const status = await look();
  return {
    text: textOf(status, drift, { terminal, ...(name === undefined ? { listedAs } : {}) }),
    data: { ...dataOf(status, terminal), drift },
    talk: describeLeft(meant),
  };
};

/** Shows look after look until the person has had enough. */
const watch = async (
  look: () => Promise<Status>,
  drift: readonly GroupDrift[],
  terminal: Terminal,
): Promise<Report> => {
  let looks = 0;
  do {
    const text = textOf(await look(), drift, { terminal });
    terminal.stdout.write(`${terminal.stdout.isTTY ? CLEAR : ''}${text}\n\n`);
    looks += 1;
  } while (await terminal.wait(WATCH_SECONDS));
  return { text: `ended after ${looks} ${looks === 1 ? 'look' : 'looks'}`, data: { looks } };
};

type Shown = Readonly<{
  terminal: Terminal;
  /** The name of the deployment where it is one of many, and all of its groups are shown. */
  listedAs?: string | undefined;
}>;

const textOf = (
  status: Status,
  drift: readonly GroupDrift[],
  { terminal, listedAs }: Shown,
): string => {
  const paint = picocolors.createColors(isColourful(terminal));
  const now = terminal.now();
  const text =
    listedAs === undefined
      ? describeStatus(status, now, paint)
      : describeMany(status, { name: listedAs, now, paint });
  return [text, ...drift.map((each) => paint.yellow(describeDrift(each)))].join('\n\n');
};

const dataOf = (status: Status, { now }: Terminal) => ({
  at: now(),
  ...status,
  sweep: status.sweep ?? null,
});
