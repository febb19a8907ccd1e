import type { Command, OptionValues } from '@commander-js/extra-typings';
import { type LoadedHistory, loadHistory } from '#cli/history/load-history.ts';
import { failure } from '#cli/output/failure.ts';
import { readDuration } from '#parse/configuration/words/duration.ts';
import type { Terminal } from '../terminal.ts';

/** Adds the options with which a command is told of a history, and of what instances can do. */
export const historyOptions = <A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
) =>
  command
    .option(
      '--history <path>',
      'a folder of tidegate record, or one file of timestamp,value',
      'history',
    )
    .option('--since <duration>', 'only the last part of it, such as 14d (default: all)')
    .option('--group <name>', 'the group (default: the only one)')
    .option(
      '--unit <unit>',
      'of a single file: Count in each period, or Count/Second (default: Count)',
    )
    .option('--per-instance <rate>', 'what one instance carries, such as 45rps (default: fitted)')
    .option('--slo <limit>', "within which: 'cpu < 80' or 'p95 < 500ms' (default: cpu < 80)")
    .option('--boot <duration>', 'from launch to service, such as 150s (default: as recorded)');

/** The options as a command is given them. */
export type HistoryOptions = Readonly<{
  config?: string | undefined;
  group?: string | undefined;
  history: string;
  since?: string | undefined;
  unit?: string | undefined;
  perInstance?: string | undefined;
  slo?: string | undefined;
  boot?: string | undefined;
}>;

/** Loads the history of a group by these options. Throws what is wrong with it, or what it lacks. */
export const loadHistoryOf = (
  name: string,
  { history, unit, since }: HistoryOptions,
  terminal: Pick<Terminal, 'cwd'>,
): LoadedHistory =>
  loadHistory({ history, name, unit, sinceSeconds: secondsSaid(since) }, terminal);

/** The seconds of `--since`; undefined when it is not said. */
const secondsSaid = (since: string | undefined): number | undefined => {
  if (since === undefined) return undefined;
  const seconds = readDuration(since);
  if (seconds.ok && seconds.value > 0) return seconds.value;
  throw failure(
    'usage',
    `--since: found "${since}"; expected a duration`,
    'say how much of the history: --since 14d',
  );
};
