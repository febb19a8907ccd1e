import type { Terminal } from '#cli/terminal.ts';
import { asError } from '#domain/basics/as-error.ts';
import type { Instant } from '#domain/time/instant.ts';
import { clockSince } from '../decisions-meanwhile.ts';
import type { Scene } from './may-end.ts';
import { type About, type Recovery, recoveryIn } from './recovery.ts';

/** The course of a group after an instance of it was ended. */
export type Watched = Readonly<{
  /** Milliseconds until the group was whole again; absent where it was not within the time. */
  wholeAfterMs?: number;
  /** Each thing that was seen, with its time; the last one is how the group was left. */
  seen: readonly Readonly<{ at: Instant; text: string }>[];
}>;

const LOOK_SECONDS = 5;

type Watch = Readonly<{ startedAt: Instant; until: Instant; terminal: Terminal }>;

/** Looks at the group until it is whole again, the time is over, or the person has had enough; tells what changed. */
export const watchRecovery = async (
  look: () => Promise<Scene>,
  about: About,
  { startedAt, until, terminal }: Watch,
): Promise<Watched> => {
  const seen: { at: Instant; text: string }[] = [];
  for (;;) {
    const { isWhole, text } = await lookAgain(look, about);
    const at = terminal.now();
    if (text !== seen.at(-1)?.text) {
      seen.push({ at, text });
      terminal.stderr.write(`  ${clockSince(startedAt, at).padStart(5)}  ${text}\n`);
    }
    if (isWhole) return { wholeAfterMs: at - startedAt, seen };
    if (at >= until || !(await terminal.wait(LOOK_SECONDS))) return { seen };
  }
};

/** A look that AWS does not answer is told and not the end of the watch: the instance is ended already. */
const lookAgain = async (look: () => Promise<Scene>, about: About): Promise<Recovery> => {
  try {
    return recoveryIn(about, await look());
  } catch (thrown) {
    return { isWhole: false, text: `the group cannot be seen: ${asError(thrown).message}` };
  }
};
