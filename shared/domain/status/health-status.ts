import { type HealthObservation, keyOf, ownTargets } from '#domain/health/health-observation.ts';
import { isCounted, isFailing, isHealthy, nextSightings } from '#domain/health/sightings.ts';
import type { HealthDecision } from '#domain/ledger/decision.ts';
import type { Probation } from '#domain/ledger/head.ts';
import type { Instant } from '#domain/time/instant.ts';

/** A target that fails its health checks. */
export type SickTarget = Readonly<{
  target: string;
  /** The time at which it was first seen failing. */
  since: Instant;
  /** The load balancer's reason code and words. */
  cause: string;
}>;

/** A target that was taken out, and the time at which it is tried again. */
export type OutTarget = Readonly<{ target: string; until: Instant; refusals: number }>;

/** A target that was registered again, and must stay healthy until then. */
export type OnProbation = Readonly<{ target: string; until: Instant }>;

/** The targets of a group as healing sees them. */
export type HealthStatus = Readonly<{
  /** Targets that are meant to serve, and those of them that do. */
  registered: number;
  healthy: number;
  sick: readonly SickTarget[];
  out: readonly OutTarget[];
  onProbation: readonly OnProbation[];
  inQuarantine?: Readonly<{ instance: string; until: Instant }>;
  /** The decision that the next look makes. */
  next: Readonly<{ reason: string; summary: string }>;
}>;

/** Reads off an observation who of the group's own targets is sick, out, on probation and in quarantine. */
export const healthStatusOf = (
  observation: HealthObservation,
  { reason, summary }: HealthDecision,
): HealthStatus => {
  const { head } = observation;
  const targets = ownTargets(observation);
  const sightings = nextSightings(observation);
  const members = targets.filter((target) => isCounted(target));
  const probations = Object.values(head.probations);
  const { quarantined } = head;
  return {
    registered: members.length,
    healthy: members.filter((target) => isHealthy(target)).length,
    sick: targets
      .filter((target) => isFailing(target))
      .map((target) => ({
        target: `${target.id}:${target.port}`,
        since: sightings[keyOf(target)] ?? observation.now,
        cause: [target.reason, target.description].filter((part) => part !== '').join(': '),
      })),
    out: probations
      .filter(({ returnedAt }) => returnedAt === undefined)
      .map(({ until, refusals = 0, ...each }) => ({ target: nameOf(each), until, refusals })),
    onProbation: probations.flatMap(({ returnedAt, seconds, ...each }) =>
      returnedAt === undefined
        ? []
        : [{ target: nameOf(each), until: returnedAt + seconds * 1_000 }],
    ),
    ...(quarantined === undefined
      ? {}
      : { inQuarantine: { instance: quarantined.instanceId, until: quarantined.until } }),
    next: { reason, summary },
  };
};

const nameOf = ({ targetId, port }: Pick<Probation, 'targetId' | 'port'>): string =>
  `${targetId}:${port}`;
