import { err, ok, type Result } from '#domain/basics/result.ts';
import type { Launch } from '#domain/history/group-history.ts';
import { firstOfEach, type HistoryProblem, type NamedText } from './points.ts';
import { readTimestamp } from './timestamp.ts';

const LAUNCHES_HEADER = 'startedAt,bootSeconds';

/** Reads lines of `startedAt,bootSeconds` below that header; a launch that failed has no seconds. */
export const parseLaunches = ({
  file,
  text,
}: NamedText): Result<readonly Launch[], readonly HistoryProblem[]> => {
  const [header, ...lines] = text.split(/\r?\n/) as [string, ...string[]];
  if (header.trim() !== LAUNCHES_HEADER) {
    return err([
      {
        code: 'not-a-history',
        file,
        place: 'line 1',
        message: `found the header ${JSON.stringify(header.slice(0, 40))}`,
        help: `expected ${LAUNCHES_HEADER}`,
      },
    ]);
  }
  const problems: HistoryProblem[] = [];
  const launches: Launch[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const read = launchIn(line);
    if ('startedAt' in read) launches.push(read);
    else problems.push({ ...read, file, place: `line ${index + 2}` });
  }
  return problems.length === 0 ? ok(launches) : err(firstOfEach(problems));
};

/** Launches as a file, the earliest first. */
export const writeLaunches = (launches: readonly Launch[]): string =>
  [
    LAUNCHES_HEADER,
    ...launches.map(
      ({ startedAt, bootSeconds }) => `${isoSeconds(startedAt)},${bootSeconds ?? ''}`,
    ),
    '',
  ].join('\n');

/** `2026-03-02T09:00:00Z`. */
export const isoSeconds = (at: number): string =>
  new Date(at).toISOString().replace(/\.000Z$/, 'Z');

const launchIn = (line: string): Launch | Pick<HistoryProblem, 'code' | 'message' | 'help'> => {
  const cells = line.split(',').map((cell) => cell.trim());
  const [time, said = ''] = cells as [string, ...string[]];
  const found = readTimestamp(time);
  if ('why' in found) return { code: 'no-time', message: found.why, help: found.help };
  if (said === '') return { startedAt: found.at };

  const bootSeconds = Number(said);
  if (bootSeconds >= 0 && bootSeconds <= LONGEST_BOOT_SECONDS) {
    return { startedAt: found.at, bootSeconds };
  }
  return {
    code: bootSeconds < 0 ? 'negative' : 'no-number',
    message: `found ${JSON.stringify(said.slice(0, 40))} for the seconds of a boot`,
    help: `expected a number from 0 to ${LONGEST_BOOT_SECONDS}, or nothing where the launch failed`,
  };
};

/** Two days: a lifecycle hook may hold a launch for so long. */
const LONGEST_BOOT_SECONDS = 172_800;
