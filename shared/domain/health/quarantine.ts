import { STALE_READ_SECONDS } from '#domain/capacity/observation.ts';
import { backoffSeconds } from '#domain/ledger/backoff.ts';
import type { HealthDecision } from '#domain/ledger/decision.ts';
import type { Quarantined } from '#domain/ledger/head.ts';
import type { Instance } from '#domain/observed/group-state.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import type { HealthObservation } from './health-observation.ts';

export const isStandingBy = ({ lifecycleState }: Instance): boolean =>
  lifecycleState === 'Standby' || lifecycleState === 'EnteringStandby';

/** Computes what is remembered of the quarantine: nothing any more when a person ended it. */
export const nextQuarantined = ({
  head: { quarantined },
  state,
  now,
}: HealthObservation): Quarantined | undefined => {
  if (quarantined === undefined || now - quarantined.since < STALE_READ_SECONDS * SECOND_MS) {
    return quarantined;
  }

  const member = state?.instances.find(({ id }) => id === quarantined.instanceId);
  return member === undefined || !isStandingBy(member) ? undefined : quarantined;
};

/** The quarantine that begins with a decision, is over with it, or goes on. */
export const quarantineAfter = (
  quarantined: Quarantined | undefined,
  { removals, released, autoScalingGroup }: HealthDecision,
  at: Instant,
): Quarantined | undefined => {
  if (released !== undefined) return undefined;

  const [entered] = removals.flatMap(({ targetId, standby }) =>
    standby === undefined
      ? []
      : [
          {
            instanceId: targetId,
            since: at,
            until: at + standby.seconds * SECOND_MS,
            autoScalingGroup,
          },
        ],
  );
  return entered ?? quarantined;
};

/** The quarantine whose end was refused goes on for a while, each time for longer. */
export const quarantinePutOff = (
  quarantined: Quarantined | undefined,
  { released }: HealthDecision,
  at: Instant,
): Quarantined | undefined => {
  if (quarantined === undefined || quarantined.instanceId !== released) return quarantined;

  const { refusals = 0 } = quarantined;
  const until = at + backoffSeconds(refusals) * SECOND_MS;
  return { ...quarantined, until, refusals: refusals + 1 };
};

/** Tells when a quarantine is to be announced as ending, or ended; never of an instance that is protected. */
export const dueInQuarantine = (
  observation: HealthObservation,
): Readonly<{ kind: 'end' | 'remind'; quarantined: Quarantined }> | undefined => {
  const quarantined = nextQuarantined(observation);
  const member = observation.state?.instances.find(({ id }) => id === quarantined?.instanceId);
  if (quarantined === undefined || member === undefined || !isStandingBy(member)) return undefined;

  const { since, until } = quarantined;
  if (observation.now >= until && !member.isProtected) return { kind: 'end', quarantined };
  return observation.now >= (since + until) / 2 ? { kind: 'remind', quarantined } : undefined;
};
