import { CommandFailure, failure } from '#cli/output/failure.ts';
import { failureOf } from '#cli/output/failure-of.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { LONGEST_DAYS, periodFor, type TimeRange } from '#domain/history/record-plan.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { DAY_SECONDS, type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import { readDuration } from '#parse/configuration/words/duration.ts';
import type { Terminal } from '../terminal.ts';
import type { HistoryFolder } from './history-folder.ts';
import { type Recorded, recordHistory } from './record-history.ts';

/** The history that is wanted, and the account that has it. */
export type Fetching = Readonly<{
  folder: HistoryFolder;
  /** The folder's name for people, where what was fetched stays; absent where nothing is kept. */
  keptIn?: string;
  groups: readonly Group[];
  since: string;
  region?: string | undefined;
  profile?: string | undefined;
}>;

export type Fetched = Readonly<{
  recorded: Recorded;
  wanted: TimeRange;
  region: string;
  periodSeconds: number;
}>;

/**
 * Fetches what a folder lacks of a time from CloudWatch and Auto Scaling, and shows how far it is where somebody
 * watches. Throws a failure with what AWS said.
 */
export const fetchHistory = async (fetching: Fetching, terminal: Terminal): Promise<Fetched> => {
  const { folder, keptIn, groups, since, ...access } = fetching;
  const seconds = secondsIn(since);
  const periodSeconds = periodFor(seconds) as number;
  const wanted = spanOf(terminal.now(), seconds, periodSeconds);

  const account = await terminal.connect(access);
  const [region, ports] = await Promise.all([account.region(), account.recorder()]);
  const progress = progressOn(terminal);
  let [done, all] = [0, 0];
  const onCall = (before: number, calls: number, until: Instant): void => {
    [done, all] = [before, calls];
    progress.show(`fetching from ${describeInstant(until)}: ${before} of ${calls} calls are done`);
  };
  try {
    const recording = { groups, wanted, periodSeconds, region };
    const recorded = await recordHistory(folder, recording, { ...ports, onCall });
    return { recorded, wanted, region, periodSeconds };
  } catch (thrown) {
    const told = failureOf(thrown, { ...terminal, profile: access.profile });
    const isToGoOn = keptIn !== undefined && done > 0 && !(thrown instanceof CommandFailure);
    const help = isToGoOn
      ? `${told.help}; ${done} of ${all} calls are kept in ${keptIn}: the same command goes on from there`
      : told.help;
    throw new CommandFailure(
      { ...told, ...(help === undefined ? {} : { help }) },
      { cause: thrown },
    );
  } finally {
    progress.clear();
  }
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
