import type { Change, ForeignChange } from '#domain/ledger/head.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { MINUTE_MS, SECOND_MS, secondsBetween } from '#domain/time/instant.ts';
import { lastChange, type Observation, STALE_READ_SECONDS } from './observation.ts';
import { whoActed } from './who-acted.ts';

/**
 * The group's capacity is not what we left it at: somebody else set it. Shortly after a change of our
 * own a read may lag behind, so nothing is concluded from it then.
 */
export const foreignChange = (
  observation: Observation,
): Readonly<{ from: number; to: number }> | undefined => {
  const { head, state } = observation;
  const { expected } = head;
  if (state === undefined || expected === undefined || mayLag(observation)) return undefined;
  if (state.capacityDesired === expected) return undefined;

  return { from: expected, to: state.capacityDesired };
};

/**
 * The memory after this look: the newest change by somebody else, and what is expected next.
 * Of a group that is gone nothing is expected.
 */
export const nextForeign = (
  observation: Observation,
): Readonly<{ expected?: number; foreign?: ForeignChange }> => {
  const { head, state, now } = observation;
  if (state === undefined) return {};

  const change = foreignChange(observation);
  const foreign = change === undefined ? head.foreign : { ...change, at: now };
  return {
    expected: mayLag(observation)
      ? (head.expected ?? state.capacityDesired)
      : state.capacityDesired,
    ...(foreign === undefined ? {} : { foreign }),
  };
};

/** Shortly after any change that we know of, a read may still show what was before. */
const mayLag = ({ head, now }: Observation): boolean =>
  [lastChange(head), head.foreign].some(
    (change) => change !== undefined && now - change.at < STALE_READ_SECONDS * SECOND_MS,
  );

/** True when somebody else's change is to be told and remembered. */
export const isForeignNews = (observation: Observation): boolean =>
  foreignChange(observation) !== undefined;

/** The message about somebody else's change, if this look found one. */
export const foreignNews = (observation: Observation): readonly Outcome[] => {
  const change = foreignChange(observation);
  if (change === undefined) return [];

  const { group, head, now } = observation;
  const { from, to } = change;
  const isFight = wasRestored(observation) && to < from;
  const what = `${group.name} was set from ${from} to ${to} by ${whoActed(observation.activities ?? [], change)}`;
  return [
    {
      schemaVersion: 1,
      kind: isFight ? 'blocked' : 'foreign',
      decisionId: `${group.name}-foreign-${head.version + 1}`,
      group: group.name,
      autoScalingGroup: group.autoScalingGroup,
      at: now,
      capacity: { from, to },
      reason: isFight ? 'ForeignWriter' : 'ForeignChange',
      summary: isFight ? `${what}, again: it is left as it is, for two do not fight here` : what,
    },
  ];
};

const FIGHT_MS = 10 * MINUTE_MS;

/** We put a capacity back a moment ago. */
export const wasRestored = ({ head, now }: Observation): boolean =>
  head.changes.some(({ at, isRestored }: Change) => isRestored === true && now - at < FIGHT_MS);

/** The change by somebody else that is still to be respected, for a group that holds still after one. */
export const heldForeign = (observation: Observation): string | undefined => {
  const { group, now } = observation;
  const { onForeignChange } = group.behavior;
  if (typeof onForeignChange !== 'object') return undefined;

  const { foreign } = nextForeign(observation);
  if (foreign === undefined) return undefined;
  const seconds = secondsBetween(foreign.at, now);
  if (seconds >= onForeignChange.hold) return undefined;

  const { from, to } = foreign;
  const [ago, still] = [describeSeconds(seconds), describeSeconds(onForeignChange.hold)];
  return `somebody else set it from ${from} to ${to} ${ago} ago, which is respected for ${still}`;
};
