import type { FlappingBehavior } from '#domain/configuration/behavior.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { factsOf } from '#domain/configuration/rule.ts';
import type { Change, Flapping } from '#domain/ledger/head.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { Observation } from './observation.ts';

/**
 * The course of a group's changes, which shows whether its rules go back and forth. A *reversal* is a change by
 * rules in the other direction than the change by rules before it. Bounds, schedules, overrides,
 * restores and roll-backs turn nothing round, for they are meant.
 *
 * So many reversals within `withinSeconds` are a flap. It doubles the cooldown of scale-in, and each
 * further reversal doubles it again. A time of `withinSeconds` without a reversal ends it.
 */
export const nextFlapping = ({ group, head, now }: Observation): Flapping | undefined => {
  const { flapping: behavior } = group.behavior;
  if (behavior === undefined) return undefined;

  // A time that has not come was written by a clock that was wrong: it counts for nothing.
  const isPast = ({ at }: Readonly<{ at: Instant }>): boolean => at - now < CLOCKS_DIFFER_MS;
  const before = head.flapping !== undefined && isPast(head.flapping) ? head.flapping : undefined;
  const reckoned = changesAfter(before, head.changes)
    .filter((change): change is RuleChange => isPast(change) && isByRules(change, group))
    .reduce<Flapping | undefined>(
      (flapping, change) => afterChange(flapping, change, behavior),
      before,
    );
  return reckoned && healed(reckoned, now, behavior);
};

const CLOCKS_DIFFER_MS = MINUTE_MS;

/** Finds the changes after the newest that is reckoned in, in the order of the ledger. */
const changesAfter = (
  flapping: Flapping | undefined,
  changes: readonly Change[],
): readonly Change[] => {
  if (flapping === undefined) return changes;
  const newest = changes.findLastIndex(({ at }) => at === flapping.at);
  return newest === -1 ? changes.filter(({ at }) => at > flapping.at) : changes.slice(newest + 1);
};

/** A schedule that asks for a capacity does so by the clock: it goes there and back once, as it is told. */
const isByRules = (change: Change, { rules }: Group): change is RuleChange => {
  const rule = rules.find(({ name }) => name === change.rule);
  return change.rule !== undefined && (rule === undefined || factsOf(rule).course !== 'clock');
};

type RuleChange = Change & Readonly<{ rule: string }>;

const afterChange = (
  before: Flapping | undefined,
  { at, from, to, rule }: RuleChange,
  behavior: FlappingBehavior,
): Flapping => {
  const isOut = to > from;
  const side = isOut ? { outBy: rule } : { inBy: rule };
  if (before === undefined) return { at, isOut, ...side, reversals: [] };

  const calm = healed(before, at, behavior);
  if (calm.isOut === isOut) return { ...calm, ...side, at };

  // More are never needed to tell whether it is a flap.
  const reversals = [...calm.reversals, at].slice(-behavior.reversals);
  const next = { ...calm, ...side, at, isOut, reversals };
  if (calm.doublings !== undefined) return { ...next, doublings: calm.doublings + 1 };
  const isFlap = countWithin(reversals, at, behavior) >= behavior.reversals;
  return isFlap ? { ...next, since: at, doublings: 1 } : next;
};

const countWithin = (
  reversals: readonly Instant[],
  now: Instant,
  { withinSeconds }: FlappingBehavior,
): number => reversals.filter((at) => now - at < withinSeconds * SECOND_MS).length;

/** Nobody has turned round for long enough: it starts again from nothing. */
const healed = (flapping: Flapping, now: Instant, behavior: FlappingBehavior): Flapping => {
  if (countWithin(flapping.reversals.slice(-1), now, behavior) > 0) return flapping;
  const { since: _since, doublings: _doublings, ...calm } = flapping;
  return { ...calm, reversals: [] };
};

/**
 * The cooldown of scale-in at this moment, in seconds: as it is configured, or longer while the group
 * flaps. One of nothing is taken for a minute, since twice nothing is nothing.
 */
export const scaleInCooldown = (observation: Observation): number => {
  const { scaleIn, flapping } = observation.group.behavior;
  const usual = scaleIn.cooldownSeconds;
  const doublings = nextFlapping(observation)?.doublings ?? 0;
  if (flapping === undefined || doublings === 0) return usual;

  const longer = Math.max(usual, LEAST_DOUBLED_SECONDS) * 2 ** doublings;
  return Math.max(usual, Math.min(flapping.longestCooldownSeconds, longer));
};

const LEAST_DOUBLED_SECONDS = 60;

/** True when this look is the first that finds the group flapping, which people are to be told. */
export const isFlappingNews = (observation: Observation): boolean => {
  const since = nextFlapping(observation)?.since;
  return since !== undefined && since !== observation.head.flapping?.since;
};

/** The message that a group flaps, if this look is the first to find it. */
export const flappingNews = (observation: Observation): readonly Outcome[] => {
  const { group, head, now } = observation;
  const flapping = nextFlapping(observation);
  const { flapping: behavior, scaleIn } = group.behavior;
  if (behavior === undefined || flapping === undefined || !isFlappingNews(observation)) return [];

  const { outBy, inBy } = flapping;
  const [within, usual, waits] = [
    behavior.withinSeconds,
    scaleIn.cooldownSeconds,
    scaleInCooldown(observation),
  ].map(describeSeconds);
  return [
    {
      schemaVersion: 1,
      kind: 'flapping',
      decisionId: `${group.name}-flapping-${head.version + 1}`,
      group: group.name,
      autoScalingGroup: group.autoScalingGroup,
      at: now,
      reason: 'Flapping',
      about: 'capacity',
      summary: `${group.name} goes back and forth: ${inBy} removes what ${outBy} adds, ${behavior.reversals} reversals within ${within}. Scale-in now waits for ${waits} after a change instead of ${usual}, and longer with each further reversal; ${within} without one end that. Move the bounds of the two rules apart: npx tidegate lint shows how`,
    },
  ];
};
