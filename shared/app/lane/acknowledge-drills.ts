import type { Disposition } from '#domain/lane/disposition.ts';
import { done } from '#domain/lane/disposition.ts';
import type { DrillHop, DrillMessage } from '#domain/ledger/drill.ts';
import type { Instant } from '#domain/time/instant.ts';

/** The port that drills need in every function: the place where they leave their trace. Nothing here acts. */
export type HopPorts = Readonly<{
  /** Writes down that a drill passed here, once: a repeat changes nothing. */
  keepHop: (hop: DrillHop) => Promise<void>;
  now: () => Instant;
}>;

/** Says that the marked messages of an alarm arrived, and does nothing else with them. */
export const acknowledgeDrills =
  ({ keepHop, now }: HopPorts, hop: DrillHop['hop']) =>
  (messages: readonly DrillMessage[]): Promise<readonly Disposition[]> =>
    Promise.all(
      messages.map(async ({ drill }) => {
        const at = now();
        await keepHop({ drill, hop, receivedAt: at, at });
        return done;
      }),
    );
