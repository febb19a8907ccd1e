import { type Disposition, leftToSweep } from '#domain/lane/disposition.ts';
import type { TakeNote } from '#domain/lane/note.ts';

/** An attempt ends for good, or asks for another look at fresh state. */
export type Step = Disposition | 'again';

/** Reads the group of an observation anew. */
export type ObserveAgain<O> = (observation: O) => Promise<O>;

type AttemptPorts<O> = Readonly<{ observeAgain: ObserveAgain<O>; note: TakeNote }>;

/** A lost race is run again on fresh state this often; then the next sweep looks. */
const MAX_ATTEMPTS = 3;

/** Evaluates until there is nothing more to do, each time on fresh state. */
export const attemptRepeatedly = async <O extends Readonly<{ group: Readonly<{ name: string }> }>>(
  { observeAgain, note }: AttemptPorts<O>,
  first: O,
  evaluate: (observation: O) => Promise<Step>,
): Promise<Disposition> => {
  let observation = first;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const step = await evaluate(observation);
    if (step !== 'again') return step;
    if (attempt < MAX_ATTEMPTS) observation = await observeAgain(observation);
  }

  const detail = `the group moved ${MAX_ATTEMPTS} times; left to the next sweep`;
  note({ kind: 'coalesced', group: first.group.name, detail });
  return leftToSweep;
};
