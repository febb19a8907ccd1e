import type { ScaleHead } from '#domain/ledger/head.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Instance } from '#domain/observed/group-state.ts';
import { isOnItsWay, phaseOf } from '#domain/observed/lifecycle.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, secondsBetween } from '#domain/time/instant.ts';
import type { Observation } from './observation.ts';

/** An instance that has been on its way for longer is stuck. Few boot for as long as that. */
const PATIENCE_SECONDS = 900;

/**
 * A head remembers so many instances, the oldest first, so that a head does not grow with its fleet. Of more
 * than that nobody knows the age: they are taken to be as old as the youngest that is remembered.
 */
export const MOST_REMEMBERED = 50;

/** After so many seconds on its way an instance of this group is stuck: 15 minutes, or its warm-up. */
const patienceOf = ({ group }: Observation): number =>
  Math.max(PATIENCE_SECONDS, group.behavior.warmupSeconds);

/** The instances on their way that look as if they would still arrive. */
export const comingInstances = (observation: Observation): readonly Instance[] =>
  onTheirWay(observation).flatMap((each) => (each.isStuck ? [] : [each.instance]));

/**
 * The instances that have been on their way for so long that nobody waits for them any more: a lifecycle
 * hook without an answer (AWS waits up to 48 hours), or a state that nobody knows.
 */
export const stuckInstances = (observation: Observation): readonly Instance[] =>
  onTheirWay(observation).flatMap((each) => (each.isStuck ? [each.instance] : []));

/** Units of capacity that are stuck. */
export const stuckUnits = (observation: Observation): number =>
  stuckInstances(observation).reduce((sum, { weight }) => sum + weight, 0);

type OnItsWay = Readonly<{ instance: Instance; since: Instant; isStuck: boolean }>;

const onTheirWay = (observation: Observation): readonly OnItsWay[] => {
  const { state, head, now } = observation;
  const patience = patienceOf(observation);
  const remembered = new Map(Object.entries(head.pendingSince ?? {}));
  const isFull = remembered.size >= MOST_REMEMBERED;
  const beyond = isFull ? Math.max(...remembered.values()) : now;

  return (state?.instances ?? [])
    .filter((instance) => isOnItsWay(instance))
    .map((instance) => {
      // A clock that was ahead of ours cannot make an instance younger for long.
      const since = Math.min(now, remembered.get(instance.id) ?? beyond);
      return { instance, since, isStuck: secondsBetween(since, now) >= patience };
    });
};

/** A head's memory of instances on their way. */
export type PendingMemory = Pick<ScaleHead, 'pendingSince' | 'stuckTold'>;

/** Computes the memory after this look: since when instances are on their way, and whether people know. */
export const nextPending = (observation: Observation): PendingMemory => {
  const { head, now } = observation;
  const all = onTheirWay(observation);
  const oldest = all
    .toSorted((a, b) => a.since - b.since || (a.instance.id < b.instance.id ? -1 : 1))
    .slice(0, MOST_REMEMBERED);
  const pendingSince = Object.fromEntries(
    oldest.map(({ instance, since }) => [instance.id, since]),
  );

  return {
    ...(oldest.length === 0 ? {} : { pendingSince }),
    ...(all.some(({ isStuck }) => isStuck) ? { stuckTold: head.stuckTold ?? now } : {}),
  };
};

/** True when an instance set out, arrived or got stuck, which later looks must know of. */
export const isPendingNews = (observation: Observation): boolean => {
  const { pendingSince = {}, stuckTold } = observation.head;
  const next = nextPending(observation);
  const [before, after] = [Object.keys(pendingSince), Object.keys(next.pendingSince ?? {})];
  return (
    stuckTold !== next.stuckTold ||
    before.length !== after.length ||
    after.some((id) => !Object.hasOwn(pendingSince, id))
  );
};

/** The message that instances are stuck, once; and the one that they are no longer. */
export const stuckNews = (observation: Observation): readonly Outcome[] => {
  const { group, head, now } = observation;
  const { stuckTold } = nextPending(observation);
  if ((stuckTold === undefined) === (head.stuckTold === undefined)) return [];

  const common = {
    schemaVersion: 1 as const,
    group: group.name,
    autoScalingGroup: group.autoScalingGroup,
    at: now,
  };
  if (stuckTold === undefined) {
    return [
      {
        ...common,
        kind: 'held',
        decisionId: `${group.name}-unstuck-${head.version + 1}`,
        reason: 'Steady',
        summary: `${group.name} has no stuck instance any more`,
      },
    ];
  }
  return [
    {
      ...common,
      kind: 'blocked',
      decisionId: `${group.name}-stuck-${head.version + 1}`,
      reason: 'InstancesStuck',
      summary: `${group.name}: ${describeStuck(observation)}`,
    },
  ];
};

/** A message names so many instances. */
const MOST_NAMED = 3;

const describeStuck = (observation: Observation): string => {
  const stuck = stuckInstances(observation);
  const names = stuck
    .slice(0, MOST_NAMED)
    .map(({ id, lifecycleState }) => `${id} (${lifecycleState || 'no state'})`);
  const more = stuck.length > names.length ? ` and ${stuck.length - names.length} more` : '';
  const patience = describeSeconds(patienceOf(observation));
  const [have, them] = stuck.length === 1 ? ['has', 'it'] : ['have', 'them'];

  return `${names.join(', ')}${more} ${have} been on the way to service for more than ${patience}, so scale-in no longer waits for ${them}. ${remedyFor(stuck)}`;
};

const remedyFor = (stuck: readonly Instance[]): string => {
  if (stuck.some(({ lifecycleState }) => lifecycleState.endsWith(':Wait'))) {
    return 'A lifecycle hook has had no answer: see what should give it, complete it with "aws autoscaling complete-lifecycle-action", or terminate the instance';
  }
  return stuck.some(({ lifecycleState }) => phaseOf(lifecycleState) === 'unknown')
    ? 'Tidegate does not know this state: see the instance in the console of EC2 Auto Scaling'
    : 'See its system log in EC2, and terminate it if it does not come up';
};
