import { asError } from '#domain/basics/as-error.ts';
import type { Instant } from '#domain/time/instant.ts';
import {
  constant,
  diurnal,
  flashCrowd,
  fromCsv,
  type Load,
  onOff,
  ramp,
  step,
  sum,
} from '#simulator/fleet/load.ts';
import { ENDS, Misuse } from '../command-line.ts';

const HOUR_MS = 3_600_000;

/** The loads that have a name; the day without a name brings its own. */
const named = (start: Instant): ReadonlyMap<string, Load | undefined> => {
  const at = (hour: number): Instant => start + hour * HOUR_MS;

  return new Map([
    ['day', undefined],
    ['constant', constant(300)],
    ['step', step(at(6), 150, 900)],
    ['ramp', ramp([at(6), at(12)], 150, 900)],
    ['spike', sum(constant(200), flashCrowd(at(9), 1_200, HOUR_MS / 6))],
    ['sine', diurnal(150, 900)],
    ['on-off', onOff(2 * HOUR_MS, 150, 900)],
  ]);
};

export const LOAD_NAMES: readonly string[] = [...named(0).keys()];

/** The load that an argument asks for: a name, or a file of its own. */
export const loadOf = (
  argument: string,
  start: Instant,
  readText: (path: string) => string,
): Load | undefined => {
  const loads = named(start);
  return loads.has(argument) ? loads.get(argument) : fromCsv(readText(argument), start);
};

/** The same; what is wrong with it is misuse of `--load`. */
export const loadNamed = (
  argument: string,
  start: Instant,
  readText: (path: string) => string,
): Load | undefined => {
  try {
    return loadOf(argument, start, readText);
  } catch (thrown) {
    const [message, exitCode] =
      thrown instanceof Misuse
        ? [thrown.message, ENDS.misused]
        : [`--load: ${argument}: ${asError(thrown).message}`, ENDS.withFindings];
    throw new Misuse(`${message}; or name one of ${LOAD_NAMES.join(', ')}`, {
      exitCode,
      cause: thrown,
    });
  }
};
