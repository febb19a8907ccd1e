import { CHECKERS } from '#simulator/check/all-checkers.ts';
import type { HistoryEvent } from '../history.ts';
import { runSeed, type SeedRun, type Violation } from './run-seed.ts';
import { traceLine } from './trace-line.ts';

/** Count of the last events before a violation that are shown. */
const SHOWN = 40;

/**
 * Explains what went wrong, as short as it can be shown: faults are switched off one by one as long as the
 * same promise is still broken, then the last events before it are listed.
 */
export const explain = async ({ seed, kinds, violations }: SeedRun): Promise<readonly string[]> => {
  const [found] = violations;
  if (found === undefined) return [];

  const needed = await fewestKinds({ seed, kinds, checker: found.checker });
  const { violation, events } = await breakOnce({ seed, kinds: needed, checker: found.checker });
  const { sentence, checker } = violation ?? found;
  const promise = CHECKERS.find(({ id }) => id === checker)?.promise;
  return [
    `✗ ${checker}: ${promise}`,
    `  ${sentence}`,
    ...events.slice(-SHOWN).map((event) => `    ${traceLine(event)}`),
    `  again: npm run simulate -- --seeds 1 --seed ${seed} --faults ${needed.join(',') || 'none'} --trace`,
  ];
};

type Attempt = Readonly<{ seed: number; kinds: readonly string[]; checker: string }>;

const fewestKinds = async ({ seed, kinds, checker }: Attempt): Promise<readonly string[]> => {
  let needed = kinds;
  for (const kind of kinds) {
    const fewer = needed.filter((each) => each !== kind);
    const { violation } = await breakOnce({ seed, kinds: fewer, checker });
    if (violation) needed = fewer;
  }
  return needed;
};

type Broken = Readonly<{ violation?: Violation; events: readonly HistoryEvent[] }>;

/** The first violation of a promise, and everything before it. */
const breakOnce = async ({ seed, kinds, checker }: Attempt): Promise<Broken> => {
  const events: HistoryEvent[] = [];
  const { violations } = await runSeed({ seed, kinds, listen: (event) => events.push(event) });
  const violation = violations.find((each) => each.checker === checker);
  return violation === undefined
    ? { events }
    : { violation, events: events.filter(({ at }) => at <= violation.at) };
};
