import type { Group } from '#domain/configuration/configuration.ts';
import type { CapacityDecision, PoolDecision } from '#domain/ledger/decision.ts';
import type { LastDecision, PoolChange, ScaleHead } from '#domain/ledger/head.ts';
import { inFlightOf } from '#domain/ledger/in-flight.ts';
import {
  type Answer,
  MOST_TOLD_WISHES,
  type Outcome,
  type RuleRecommendation,
} from '#domain/ledger/outcome.ts';
import { troubleOf } from '#domain/ledger/outcome-of.ts';
import { withMoreUntold } from '#domain/ledger/untold.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { flappingNews, isFlappingNews, nextFlapping } from './flapping.ts';
import { foreignNews, isForeignNews, nextForeign } from './foreign-change.ts';
import { isMissingNews, missingSince } from './missing-units.ts';
import { isDelayNews, nextDelays } from './next-delays.ts';
import {
  type GroupObservation,
  heardAlarms,
  isFound,
  isNewlyHeard,
  type Observation,
  openAlarms,
} from './observation.ts';
import { isOverrideNews, overrideNews } from './override-news.ts';
import { isPreparedNews, nextPrepared } from './prepared.ts';
import { recommend } from './recommend.ts';
import { signatureOfAction, signatureOfHold } from './says-more.ts';
import { isStandbyNews, nextStandby } from './standby.ts';
import { standbyNews } from './standby-news.ts';
import { isPendingNews, nextPending, stuckNews } from './stuck-instances.ts';

/** The head that plans a decision, or in which a later invocation takes a planned one over. */
export const plannedHead = (observation: Observation, decision: CapacityDecision): ScaleHead => ({
  ...seenHead(observation),
  version: observation.head.version + 1,
  inFlight: inFlightOf(decision, observation.now),
  wishes: nextWishes(observation, decision),
  ...nextPrepared(observation, decision),
});

/** The head after a hold that is worth remembering. */
export const heldHead = (observation: Observation, decision: CapacityDecision): ScaleHead => ({
  ...seenHead(observation),
  version: observation.head.version + 1,
  last: lastHold(observation, decision),
  wishes: nextWishes(observation, decision),
  ...nextPrepared(observation, decision),
});

const lastHold = (observation: Observation, decision: CapacityDecision): LastDecision => {
  const trouble = troubleOf(decision);
  const hold = { id: decision.id, signature: signatureOfHold(observation, decision) };
  return trouble === undefined ? hold : { ...hold, trouble };
};

/** The head that knows which alarms' messages have come, and nothing else that is new. */
export const heardHead = (observation: Observation): ScaleHead => ({
  ...observation.head,
  version: observation.head.version + 1,
  heardAlarms: heardAlarms(observation),
});

/** Adds to the head what a look at the group shows, whatever is decided. */
const seenHead = (observation: Observation): ScaleHead => {
  const { missingSince: _missing, announced: _told, ...rest } = observation.head;
  const { expected: _expected, foreign: _foreign, flapping: _flapping, ...others } = rest;
  const { pendingSince: _pending, stuckTold: _stuck, prepared: _prepared, ...known } = others;
  const { delays: _delays, standby: _standby, ...head } = known;
  const standby = nextStandby(observation);
  const flapping = nextFlapping(observation);
  const since = missingSince(observation);
  const { outcomes, announced } = overrideNews(observation);
  const news = [
    ...foreignNews(observation),
    ...flappingNews(observation),
    ...stuckNews(observation),
    ...standbyNews(observation),
    ...outcomes,
  ];
  return {
    ...withMoreUntold(
      head,
      news.map((each) => withWishes(each, observation)),
    ),
    ...nextForeign(observation),
    ...nextPending(observation),
    ...nextDelays(observation),
    ...(standby === undefined ? {} : { standby }),
    ...(flapping === undefined ? {} : { flapping }),
    ...(announced === undefined ? {} : { announced }),
    ...(since === undefined ? {} : { missingSince: since }),
    openAlarms: openAlarms(observation),
    heardAlarms: heardAlarms(observation),
  };
};

/** Adds the rules' recommendations to an outcome that no decision of ours made. */
const withWishes = (outcome: Outcome, observation: Observation): Outcome =>
  isFound(observation)
    ? { ...outcome, wishes: wishesOf(observation).slice(0, MOST_TOLD_WISHES) }
    : outcome;

const wishesOf = (observation: GroupObservation): readonly RuleRecommendation[] =>
  observation.group.rules.flatMap((rule) => {
    const recommendation = recommend(rule, observation);
    return recommendation.kind === 'recommends' && !recommendation.isShadow
      ? [{ rule: recommendation.rule, capacity: recommendation.capacity }]
      : [];
  });

/** The head after a planned decision has ended; only an applied one counts as a change. */
export const settledHead = (
  planned: ScaleHead,
  outcome: Outcome | 'superseded',
  at: Instant,
): ScaleHead => {
  const { inFlight, ...head } = planned;
  const next = { ...head, version: head.version + 1 };
  if (inFlight === undefined || outcome === 'superseded') return next;

  const { decision } = inFlight;
  // The news that was told last stands: the size of a pool neither begins a cooldown nor makes old news new.
  if (decision.from === decision.to) return next;

  const last = { id: decision.id, signature: signatureOfAction(decision, outcome) };
  return outcome.kind === 'scaled' || outcome.reason === 'RolledBack'
    ? { ...next, last, ...changeOf(next, decision, at) }
    : { ...next, last };
};

/** The same, and what AWS answered about the warm pool. */
export const settledHeadWithPool =
  (ofPool: Answer): typeof settledHead =>
  (planned, outcome, at) => {
    const { poolRefused, ...head } = settledHead(planned, outcome, at);
    const decision = planned.inFlight?.decision;
    if (ofPool.kind === 'refused') {
      // Of a pool that is refused along with a change only the sentence of the change tells.
      const isTold = decision?.from === decision?.to;
      const now = isTold ? { ...poolRefused, told: ofPool.reason } : poolRefused;
      return { ...head, poolRefused: { ...now, at, refusals: (now?.refusals ?? 0) + 1 } };
    }
    const pool = decision?.pool;
    return pool === undefined ? head : { ...head, lastPool: lastPoolOf(pool, at) };
  };

const lastPoolOf = ({ from, to }: PoolDecision, at: Instant): PoolChange =>
  from === undefined ? { at, to } : { at, from, to };

const changeOf = (
  { changes }: ScaleHead,
  { from, to, reason, rule }: CapacityDecision,
  at: Instant,
): Partial<ScaleHead> => {
  const isByRule = reason === 'ScaledOut' || reason === 'ScaledIn';
  const change = {
    at,
    from,
    to,
    ...(reason === 'Restored' ? { isRestored: true as const } : {}),
    ...(isByRule && rule !== undefined ? { rule } : {}),
  };
  const kept = changes.filter((each) => at - each.at < KEPT_MS);
  return {
    expected: to,
    ...(to > from ? { lastScaleOut: change } : { lastScaleIn: change }),
    changes: [...kept, change].slice(-MOST_CHANGES),
  };
};

/** The longest period of a limit. */
const KEPT_MS = 1_800 * SECOND_MS;
/** A change a second would be far more than anything allows. */
const MOST_CHANGES = 100;

/** True when a look saw something that later ones must know, even if it decides nothing new. */
export const isWorthKeeping = (observation: Observation, decision: CapacityDecision): boolean =>
  isNewlyHeard(observation) ||
  isForeignNews(observation) ||
  isFlappingNews(observation) ||
  isMissingNews(observation) ||
  isPendingNews(observation) ||
  isOverrideNews(observation) ||
  isPreparedNews(observation, decision) ||
  isDelayNews(observation) ||
  isStandbyNews(observation) ||
  isNewRecommendation(observation, decision);

/** True when the rules want something new, which stabilisation must know of. */
const isNewRecommendation = (observation: Observation, { wanted }: CapacityDecision): boolean =>
  isFound(observation) &&
  (longestWindow(observation.group) > 0
    ? observation.head.wishes.at(-1)?.capacity !== wanted
    : observation.head.wishes.length > 0);

/** The recommendations that the windows still reach, with the one that held when the longest began. */
const nextWishes = (observation: Observation, decision: CapacityDecision): ScaleHead['wishes'] => {
  const { group, head, now } = observation;
  if (!isNewRecommendation(observation, decision)) return head.wishes;
  // Without a window nobody keeps the memory up; an old recommendation must not speak when one comes back.
  if (longestWindow(group) === 0) return [];

  const begin = now - longestWindow(group) * SECOND_MS;
  const first = head.wishes.findLastIndex(({ at }) => at <= begin);
  const kept = head.wishes.slice(Math.max(0, first));
  return thinned([...kept, { at: now, capacity: decision.wanted }]);
};

/** A head is one item: a long window of restless rules must not fill it. */
const MOST_WISHES = 500;

/** Of four in a row the least and the largest say all that a window asks for. */
const thinned = (wishes: ScaleHead['wishes']): ScaleHead['wishes'] =>
  wishes.length <= MOST_WISHES
    ? wishes
    : wishes.filter((wish, index) => {
        const begin = index - (index % 4);
        const four = wishes.slice(begin, begin + 4);
        const capacities = four.map(({ capacity }) => capacity);
        const ends = [Math.min(...capacities), Math.max(...capacities)];
        const isLast = begin + 4 >= wishes.length;
        return isLast || ends.some((end) => four.findLast((one) => one.capacity === end) === wish);
      });

const longestWindow = ({ behavior: { scaleOut, scaleIn } }: Group): number =>
  Math.max(scaleOut.stabilizeSeconds, scaleIn.stabilizeSeconds);
