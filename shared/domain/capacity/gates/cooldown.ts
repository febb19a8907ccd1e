import type { Group } from '#domain/configuration/configuration.ts';
import type { Change, ScaleHead } from '#domain/ledger/head.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, SECOND_MS, secondsBetween } from '#domain/time/instant.ts';
import { scaleInCooldown } from '../flapping.ts';
import { nextForeign } from '../foreign-change.ts';
import { currentCapacity, type GroupObservation, lastChange } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/**
 * Waits after a change. A scale-out waits for the last scale-out only, so that relief is never late
 * because of a scale-in; a scale-in waits for the last change in either direction, and for longer while
 * the group flaps.
 */
export const cooldown: Gate<'cooldown'> = {
  stage: 'cooldown',
  isGuard: false,
  isTimed: true,
  check: (capacity, observation) => {
    const current = currentCapacity(observation);
    if (capacity === current) return pass('no change to wait for');

    const { group, head, now } = observation;
    const wait = capacity > current ? waitOut(group, head) : waitIn(observation);
    const elapsedMs = wait.since ? now - wait.since.at : Number.POSITIVE_INFINITY;
    if (wait.since === undefined || elapsedMs >= wait.seconds * SECOND_MS) {
      return pass(`the cooldown of ${describeSeconds(wait.seconds)} is over`);
    }

    // A hold that the usual cooldown would make anyway is no news about the flap.
    const isFlap = elapsedMs >= wait.usual * SECOND_MS;
    return {
      kind: 'hold',
      reason: isFlap ? 'Flapping' : 'CoolingDown',
      detail: describe(wait.since, wait, now),
    };
  },
};

type Wait = Readonly<{
  seconds: number;
  /** The cooldown as it is configured. */
  usual: number;
  since: Change | undefined;
}>;

const waitOut = ({ behavior }: Group, { lastScaleOut }: ScaleHead): Wait => ({
  seconds: behavior.scaleOut.cooldownSeconds,
  usual: behavior.scaleOut.cooldownSeconds,
  since: lastScaleOut,
});

/** Units that somebody else added are left in peace for as long as our own. */
const waitIn = (observation: GroupObservation): Wait => {
  const ours = lastChange(observation.head);
  const { foreign } = nextForeign(observation);
  return {
    seconds: scaleInCooldown(observation),
    usual: observation.group.behavior.scaleIn.cooldownSeconds,
    since: (foreign?.at ?? -1) > (ours?.at ?? -1) ? foreign : ours,
  };
};

const describe = (
  { at, from, to }: Change,
  { seconds, usual }: Pick<Wait, 'seconds' | 'usual'>,
  now: Instant,
): string => {
  const elapsed = describeSeconds(Math.max(0, secondsBetween(at, now)));
  const longer =
    seconds > usual ? ` instead of ${describeSeconds(usual)}, for the group flaps` : '';
  return `the change from ${from} to ${to} was ${elapsed} ago, and the cooldown is ${describeSeconds(seconds)}${longer}`;
};
