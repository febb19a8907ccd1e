import type { Instant } from '#domain/time/instant.ts';
import type { Reason } from './reason.ts';

/** The outcome of a decision, as others see it: the message on the outcome topic. */
export type Outcome = Readonly<{
  schemaVersion: 1;
  kind: OutcomeKind;
  decisionId: string;
  group: string;
  autoScalingGroup: string;
  at: Instant;
  reason: Reason;
  /** The subject of the decision; of older messages and overrides it is the capacity. */
  about?: 'capacity' | 'health';
  /** The decision's own sentence. */
  summary: string;
  /** Present when the decision was about capacity. */
  capacity?: Readonly<{ from: number; to: number }>;
  /** The rule that was followed. */
  rule?: string;
  /** Recommendations of the rules, the one that was followed among them; absent when no rule was asked. */
  wishes?: readonly RuleRecommendation[];
  /** Between which capacities the decision was free. */
  bounds?: Readonly<{ min: number; max: number }>;
  /** The type of all its instances; absent when there are several, or weights. */
  instanceType?: string;
  /** Present when the decision was about targets. */
  targets?: readonly string[];
  /** So many outcomes of the group before this one could not be published; the ledger has them. */
  droppedBefore?: number;
}>;

/** An outcome tells what so many rules asked for: a message of SNS must stay small. */
export const MOST_TOLD_WISHES = 50;

export type RuleRecommendation = Readonly<{ rule: string; capacity: number }>;

/**
 * `scaled` and `replaced` acted; `held` waits by itself; `at-max`, `blocked` and `failed` need a
 * person. `override`, `foreign` and `flapping` are no decisions: a person took the group in hand,
 * somebody else changed it, or its rules go back and forth. `membership` neither: it joined a fleet or left it.
 */
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** All kinds of outcome. */
export const OUTCOME_KINDS = [
  'scaled',
  'replaced',
  'held',
  'at-max',
  'blocked',
  'failed',
  'override',
  'foreign',
  'flapping',
  'membership',
] as const;

/** The kinds of outcome at which a person must look. */
export const TROUBLES: readonly OutcomeKind[] = ['at-max', 'blocked', 'failed'];

/** Says whether trouble is over with it: the group acts, or there is nothing left to do. */
export const isEnd = ({ kind, reason }: Pick<Outcome, 'kind' | 'reason'>): boolean =>
  kind === 'scaled' || kind === 'replaced' || CALM.includes(reason);

/** There is nothing left to do. */
const CALM: readonly Reason[] = ['Steady', 'NoUnhealthyTargets', 'AtMinimum', 'PoolAccepted'];

/**
 * The matter that an outcome is about: trouble and its end have the same. That an instance is stuck is a matter of its
 * own, and so is the size of a warm pool: no change of the capacity ends them, and their ends end no other trouble.
 */
export const matterOf = ({ group, decisionId, reason, about = 'capacity' }: Outcome): string => {
  if (reason === 'PoolRefused' || reason === 'PoolAccepted') return 'pool';
  return [`${group}-stuck-`, `${group}-unstuck-`].some((start) => decisionId.startsWith(start))
    ? 'stuck'
    : about;
};

/** AWS's answer to an attempt to act. All but `applied` mean that nothing was changed. */
export type Answer =
  | Readonly<{ kind: 'applied' }>
  | Readonly<{ kind: 'refused'; reason: Refusal; detail: string }>;

export type Refusal = Extract<
  Reason,
  | 'GroupBusy'
  | 'OutOfBounds'
  | 'AccessDenied'
  | 'Throttled'
  | 'GroupNotFound'
  | 'TargetGone'
  | 'PoolRefused'
>;

/** The end of a plan that AWS refused half-way and that was given up. */
export type Unfinished = Readonly<{ kind: 'refused'; reason: 'RemovalUnfinished'; detail: string }>;

export const applied: Answer = { kind: 'applied' };
