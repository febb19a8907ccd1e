import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { failure } from '#cli/output/failure.ts';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import { nameSome } from '#domain/basics/name-some.ts';
import { type Demand, rebuildDemand } from '#domain/history/demand.ts';
import type { GroupHistory, HistoryFinding } from '#domain/history/group-history.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { parseDemandFile, parseHistory } from '#parse/history/parse-history.ts';
import type { Terminal } from '../terminal.ts';
import { historyFailure } from './history-failure.ts';
import { type HistoryFolder, historyFolder, unpacked } from './history-folder.ts';

/** The history of one group, with the demand that was rebuilt from it. */
export type LoadedHistory = Readonly<{
  group: GroupHistory;
  demand: Demand;
  findings: readonly HistoryFinding[];
}>;

type Source = Readonly<{
  /** A folder of `record`, or one file of demand. */
  history: string;
  /** The name of the group in `tidegate.yml`. */
  name: string;
  /** The unit of a single file. */
  unit?: string | undefined;
  /** Only the last so many seconds. */
  sinceSeconds?: number | undefined;
}>;

/** Loads the history of a group from a path. Throws what is wrong with it, or what it lacks. */
export const loadHistory = (source: Source, terminal: Pick<Terminal, 'cwd'>): LoadedHistory => {
  const { history, name, unit } = source;
  const path = resolve(terminal.cwd, history);
  return isFolder(path, history)
    ? historyIn(historyFolder(path), source)
    : historyOf(
        parseDemandFile(basename(history), unpacked(readFileSync(path)), { name, unit }),
        source,
      );
};

/** Loads the history of a group from a folder. Throws what is wrong with it, or what it lacks. */
export const historyIn = ({ read }: Pick<HistoryFolder, 'read'>, source: Source): LoadedHistory =>
  historyOf(parseHistory(read), source);

const historyOf = (parsed: ReturnType<typeof parseHistory>, source: Source): LoadedHistory => {
  const { history, name } = source;
  if (!parsed.ok) throw historyFailure(parsed.problem);

  const { groups, findings } = parsed.value;
  const group = groups.find((each) => each.name === name);
  if (group === undefined) {
    throw failure(
      'unknown-name',
      `${history} has no group named ${name}`,
      `it has ${nameSome(groups.map((each) => each.name))}; record it: npx tidegate record --group ${name} --out ${history}`,
    );
  }
  const whole = rebuildDemand(group);
  if (whole === undefined) {
    throw failure(
      'invalid-file',
      `${history} has neither requests nor messages of ${name}, so what came to it is not known`,
      'name its load balancer with its target group, or its queue, in a metric or under health, and record again',
    );
  }
  return { group, demand: lastPart(whole, source.sinceSeconds), findings };
};

const isFolder = (path: string, named: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch (thrown) {
    throw failure(
      'unreadable-file',
      `cannot read the history ${named}: ${describeFileTrouble(thrown)}`,
      'record one: npx tidegate record --out history/; fetch one for this run: --since 14d, without --history; or name another: --history DIR, or a CSV of timestamp,value',
    );
  }
};

const lastPart = (demand: Demand, seconds: number | undefined): Demand => {
  if (seconds === undefined) return demand;
  const first = Math.max(0, demand.perSecond.length - Math.ceil(seconds / demand.periodSeconds));
  return {
    ...demand,
    start: demand.start + first * demand.periodSeconds * SECOND_MS,
    perSecond: demand.perSecond.slice(first),
    isSaturated: demand.isSaturated.slice(first),
  };
};
