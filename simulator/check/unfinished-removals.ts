import type { HealthDecision } from '#domain/ledger/decision.ts';
import type { InFlight } from '#domain/ledger/head.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, SKEW_MS, unless } from './check-world.ts';
import { type Applying, isWon, writeOf } from './ledger.ts';

/** As docs/health.md has it, a removal that was begun is tried to be finished for so long. */
const LONG_MS = 10 * MINUTE_MS;
/** The next attempt is the last, unless its function dies or the table does not take its end. */
const MOST_LATE = 4;

type Claim = Readonly<{ at: number; inFlight: InFlight<HealthDecision> }>;

const isOfHeal = (event: HistoryEvent): event is Applying =>
  event.kind === 'applying' && event.trip.invocation.functionName === 'heal';

/** Finds the removal of an earlier invocation that an event claims, in order to finish it. */
const claimIn = (world: CheckWorld, event: HistoryEvent): Claim | undefined => {
  const write = writeOf(event);
  if (write === undefined || !isOfHeal(event) || !isWon(world, event, write)) return undefined;
  const inFlight = write.head.inFlight as InFlight<HealthDecision> | undefined;
  const isAgain = (inFlight?.attempts ?? 0) > 1 && inFlight?.decision.removals.length !== 0;
  return inFlight !== undefined && isAgain ? { at: event.at, inFlight } : undefined;
};

export const removalsEnd: Checker = {
  id: 'S16f',
  promise: 'a removal that cannot be finished within ten minutes is given up soon after',
  watch: (world) => {
    /** Attempts after those ten minutes, by decision. */
    const late = new Map<string, number>();

    return {
      onEvent: (event) => {
        const claim = claimIn(world, event);
        if (claim === undefined) return [];
        const { id, at } = claim.inFlight.decision;
        const count = (late.get(id) ?? 0) + (claim.at - at >= LONG_MS + SKEW_MS ? 1 : 0);
        late.set(id, count);
        return unless(count <= MOST_LATE, () => `${id} is tried for the ${count}th time since`);
      },
    };
  },
};
