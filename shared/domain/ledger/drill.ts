import type { Instant } from '#domain/time/instant.ts';
import { type CapacityDecision, isAction } from './decision.ts';
import { applied, type Outcome } from './outcome.ts';
import { outcomeOfAction, outcomeOfHold } from './outcome-of.ts';

/** The field that marks a message as one of a drill; no message of AWS and none of the real lane has it. */
export const DRILL_MARK = 'TidegateDrill';

/**
 * A marked message on the queue of a function. It holds names alone: no event and no request that a real
 * evaluation would take, so that nothing that acts can be given one.
 */
export type DrillMessage = Readonly<{
  kind: 'drill';
  /** The id of the drill, which all its messages carry. */
  drill: string;
  /** The alarm that fires in the drill, or the group that the sweep asks to look at. */
  about: Readonly<{ alarm: string }> | Readonly<{ group: string }>;
}>;

/**
 * The outcome that a decision would have led to. It is neither a decision nor an outcome: it has no id, no version of the
 * ledger, and no function that plans, acts or settles takes one.
 */
export type Rehearsal = Readonly<{ outcome: Outcome['kind'] }> &
  Pick<
    Outcome,
    'group' | 'autoScalingGroup' | 'reason' | 'summary' | 'capacity' | 'rule' | 'bounds'
  >;

/** The news of a drill, as `scale` and the `tidegate` command publish it: told as a drill, and as nothing else. */
export type DrillNews = Readonly<{
  kind: 'drill';
  drill: string;
  at: Instant;
}> &
  (
    | Readonly<{ would: Rehearsal }>
    /** A trial of one channel, whatever the routes say; where channels keep incidents, one is opened and closed. */
    | Readonly<{ channel: string; phase?: 'opened' | 'closed' }>
  );

/** The news as it is published, with the mark. */
export const markedNews = ({ drill, ...news }: DrillNews): object => ({
  [DRILL_MARK]: drill,
  ...news,
});

/** The places that a drill passes: the functions, and for notify also the alarm's own message. */
export const DRILL_HOPS = ['scale', 'heal', 'alarm-to-notify', 'notify'] as const;

/** A place that a drill has passed, as the table remembers it for a week. */
export type DrillHop = Readonly<{
  drill: string;
  hop: (typeof DRILL_HOPS)[number];
  /** The group that the hop is about; absent where it is about none. */
  group?: string;
  /** Time at which the function took the message, and time at which it was done with it. */
  receivedAt: Instant;
  at: Instant;
  /** The decision that scale would have carried out. */
  would?: Rehearsal;
  /** The cause why it went no further. */
  detail?: string;
}>;

/** The rehearsal of a decision, as if AWS agreed. */
export const rehearsalOf = (decision: CapacityDecision): Rehearsal => {
  const { kind, group, autoScalingGroup, reason, summary, capacity, rule, bounds } = isAction(
    decision,
  )
    ? outcomeOfAction(decision, applied)
    : outcomeOfHold(decision);
  return {
    outcome: kind,
    group,
    autoScalingGroup,
    reason,
    summary,
    ...(capacity === undefined ? {} : { capacity }),
    ...(rule === undefined ? {} : { rule }),
    ...(bounds === undefined ? {} : { bounds }),
  };
};
