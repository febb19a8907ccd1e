import { err, ok, type Result } from '#domain/basics/result.ts';
import type { Launch } from '#domain/history/group-history.ts';
import { firstOfEach, type HistoryProblem, type NamedText } from './points.ts';
import { readTimestamp } from './timestamp.ts';

const LAUNCHES_HEADER = 'startedAt,bootSeconds';
/** Groups with a warm pool have a third column: `pool` where the instance was started out of it. */
const POOL_HEADER = `${LAUNCHES_HEADER},from`;
const FROM_POOL = 'pool';

/** Reads lines below a header of `startedAt,bootSeconds`, or with `from` beside it; a launch that failed has no seconds. */
export const parseLaunches = ({
  file,
  text,
}: NamedText): Result<readonly Launch[], readonly HistoryProblem[]> => {
  const [header, ...lines] = text.split(/\r?\n/) as [string, ...string[]];
  if (![LAUNCHES_HEADER, POOL_HEADER].includes(header.trim())) {
    return err([
      {
        code: 'not-a-history',
        file,
        place: 'line 1',
        message: `found the header ${JSON.stringify(header.slice(0, 40))}`,
        help: `expected ${LAUNCHES_HEADER}, or ${POOL_HEADER}`,
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

/** Launches as a file, the earliest first; the third column only where an instance was started out of a pool. */
export const writeLaunches = (launches: readonly Launch[]): string => {
  const hasPool = launches.some(({ isStart }) => isStart === true);
  const lines = launches.map(({ startedAt, bootSeconds, isStart }) =>
    [
      isoSeconds(startedAt),
      bootSeconds ?? '',
      ...(hasPool ? [isStart === true ? FROM_POOL : ''] : []),
    ].join(','),
  );
  return [hasPool ? POOL_HEADER : LAUNCHES_HEADER, ...lines, ''].join('\n');
};

/** `2026-03-02T09:00:00Z`. */
export const isoSeconds = (at: number): string =>
  new Date(at).toISOString().replace(/\.000Z$/, 'Z');

const launchIn = (line: string): Launch | Pick<HistoryProblem, 'code' | 'message' | 'help'> => {
  const cells = line.split(',').map((cell) => cell.trim());
  const [time, said = '', from = ''] = cells as [string, ...string[]];
  const found = readTimestamp(time);
  if ('why' in found) return { code: 'no-time', message: found.why, help: found.help };
  if (from !== '' && from !== FROM_POOL) {
    return {
      code: 'no-number',
      message: `found ${JSON.stringify(from.slice(0, 40))} for where an instance came from`,
      help: `expected ${FROM_POOL}, or nothing where it was launched anew`,
    };
  }
  const launch: Launch =
    from === FROM_POOL ? { startedAt: found.at, isStart: true } : { startedAt: found.at };
  if (said === '') return launch;

  const bootSeconds = Number(said);
  if (bootSeconds >= 0 && bootSeconds <= LONGEST_BOOT_SECONDS) {
    return { ...launch, bootSeconds };
  }
  return {
    code: bootSeconds < 0 ? 'negative' : 'no-number',
    message: `found ${JSON.stringify(said.slice(0, 40))} for the seconds of a boot`,
    help: `expected a number from 0 to ${LONGEST_BOOT_SECONDS}, or nothing where the launch failed`,
  };
};

/** Two days: a lifecycle hook may hold a launch for so long. */
const LONGEST_BOOT_SECONDS = 172_800;
