import type { Instant } from '#domain/time/instant.ts';
import type { Outcome, OutcomeKind } from './outcome.ts';

/** The key under which the ledger keeps a decision. */
export type DecisionKey = Readonly<{ pk: string; sk: string }>;

type Identity = Readonly<{ group: string; at: Instant; id: string }>;

/** The key of a decision in the ledger: `GROUP#web`, `DECISION#2026-03-02T09:00:00.000Z#web-17`. */
export const decisionKey = ({ group, at, id }: Identity): DecisionKey => ({
  pk: `GROUP#${group}`,
  // biome-ignore lint/style/noRestrictedGlobals: it puts an instant into words, and asks no clock.
  sk: `DECISION#${new Date(at).toISOString()}#${id}`,
});

/** The key of the decision that an outcome tells of; overrides, changes by others, flapping and membership are no decisions. */
export const keyOfDecision = ({ kind, group, decisionId, at }: Outcome): DecisionKey | undefined =>
  NO_DECISIONS.includes(kind) || !isOfDecision(group, decisionId)
    ? undefined
    : decisionKey({ group, at, id: decisionId });

/** Decisions are numbered; news that a look brings besides, as of stuck instances, has a word in its id. */
const isOfDecision = (group: string, id: string): boolean =>
  id.startsWith(`${group}-`) && /^(?:health-)?\d+$/.test(id.slice(group.length + 1));

const NO_DECISIONS: readonly OutcomeKind[] = ['override', 'foreign', 'flapping', 'membership'];
