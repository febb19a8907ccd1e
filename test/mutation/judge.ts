import { availableParallelism } from 'node:os';
import type { Mutant } from './instrument.ts';
import { type Place, type Reply, startWorker, type Worker } from './start-worker.ts';
import type { Coverage } from './worker.ts';

export type Verdict = 'killed' | 'survived' | 'timeout' | 'unreached';

/** Wakes one mutant after the other and runs the tests that reach it. */
export const judge = async (
  place: Place,
  mutants: readonly Mutant[],
  coverage: Coverage,
): Promise<ReadonlyMap<string, Verdict>> => {
  const verdicts = new Map<string, Verdict>();
  const queue = mutants.toReversed();
  const work = async (): Promise<void> => {
    const judgeOne = createJudge(place, coverage);
    for (let mutant = queue.pop(); mutant; mutant = queue.pop()) {
      verdicts.set(mutant.id, await judgeOne(mutant.id));
      if (verdicts.size % 100 === 0) process.stdout.write(`${verdicts.size} mutants judged\n`);
    }
    judgeOne.stop();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return verdicts;
};

/**
 * A mutant in what is computed while a module loads needs a process of its own; all others take turns
 * in one, for nothing in the code that is judged remembers anything.
 */
const createJudge = (place: Place, coverage: Coverage) => {
  let shared: Worker | undefined;
  const alone = async (mutant: string, tests: readonly number[]): Promise<Reply> => {
    const worker = startWorker(place, mutant);
    const reply = await worker.ask({ kind: 'try', mutant, tests });
    worker.stop();
    return reply;
  };
  const inTurn = async (mutant: string, tests: readonly number[]): Promise<Reply> => {
    shared ??= startWorker(place);
    const reply = await shared.ask({ kind: 'try', mutant, tests });
    if (typeof reply === 'object') return reply;
    shared.stop();
    shared = undefined;
    return reply;
  };
  const judgeOne = async (mutant: string): Promise<Verdict> => {
    const isStatic = coverage.always.includes(mutant);
    const tests = isStatic ? all(coverage) : reaching(coverage, mutant);
    if (tests.length === 0) return 'unreached';
    return verdictOf(await (isStatic ? alone : inTurn)(mutant, tests));
  };
  return Object.assign(judgeOne, { stop: () => shared?.stop() });
};

const all = ({ count }: Coverage): readonly number[] =>
  Array.from({ length: count }, (_, index) => index);

const reaching = ({ perTest }: Coverage, mutant: string): readonly number[] =>
  Object.entries(perTest).flatMap(([test, mutants]) => (mutant in mutants ? [Number(test)] : []));

const verdictOf = (reply: Reply): Verdict => {
  if (reply === 'gone') return 'killed';
  if (reply === 'silent') return 'timeout';
  return reply.answer === null ? 'survived' : 'killed';
};
