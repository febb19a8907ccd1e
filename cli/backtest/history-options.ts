import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command, OptionValues } from '@commander-js/extra-typings';
import { fetchHistory } from '#cli/history/fetch-history.ts';
import { passingFolder } from '#cli/history/history-folder.ts';
import { historyIn, type LoadedHistory, loadHistory } from '#cli/history/load-history.ts';
import { failure } from '#cli/output/failure.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { readDuration } from '#parse/configuration/words/duration.ts';
import type { Terminal } from '../terminal.ts';

/** Adds the options with which a command is told of a history, and of what instances can do. */
export const historyOptions = <A extends unknown[], O extends OptionValues>(
  command: Command<A, O>,
) =>
  command
    .option(
      '--history <path>',
      'a folder of tidegate record, or one file of timestamp,value (default: history)',
    )
    .option(
      '--since <duration>',
      'only the last part of the history, such as 14d; without one it is fetched from AWS (default: all)',
    )
    .option('--group <name>', 'the group (default: the only one)')
    .option(
      '--unit <unit>',
      'the unit of a single file: Count in each period, or Count/Second (default: Count)',
    )
    .option('--region <name>', 'the AWS Region to fetch from (env: AWS_REGION)')
    .option('--profile <name>', 'the AWS profile (env: AWS_PROFILE)')
    .option(
      '--per-instance <rate>',
      'the load that one instance carries, such as 45rps (default: fitted)',
    )
    .option(
      '--slo <limit>',
      "the limit of an instance: 'cpu < 80' or 'p95 < 500ms' (default: cpu < 80)",
    )
    .option(
      '--boot <duration>',
      'the time from launch to service, such as 150s (default: as recorded)',
    );

/** The options as a command is given them. */
export type HistoryOptions = Readonly<{
  config?: string | undefined;
  group?: string | undefined;
  history?: string | undefined;
  since?: string | undefined;
  unit?: string | undefined;
  perInstance?: string | undefined;
  slo?: string | undefined;
  boot?: string | undefined;
  region?: string | undefined;
  profile?: string | undefined;
}>;

/** The folder of a history that nobody names. */
const USUAL_FOLDER = 'history';

type Loading = Pick<HistoryOptions, 'history' | 'since' | 'unit' | 'region' | 'profile'>;

/**
 * Loads the history of a group by these options. Where none is named and the usual folder is not there, `--since`
 * fetches that much of it for this run, and keeps nothing. Throws what is wrong with it, or what it lacks.
 */
export const loadHistoryOf = async (
  group: Group,
  { history, unit, since, region, profile }: Loading,
  terminal: Terminal,
): Promise<LoadedHistory> => {
  const source = { history: history ?? USUAL_FOLDER, name: group.name, unit };
  const isThere = existsSync(resolve(terminal.cwd, USUAL_FOLDER));
  if (history !== undefined || isThere || since === undefined) {
    return loadHistory({ ...source, sinceSeconds: secondsSaid(since) }, terminal);
  }
  const folder = passingFolder();
  await fetchHistory({ folder, groups: [group], since, region, profile }, terminal);
  return historyIn(folder, { ...source, history: 'what was fetched' });
};

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
