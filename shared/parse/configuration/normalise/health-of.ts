import type { Health, Pace } from '#domain/configuration/configuration.ts';
import type { FleetHealthInput, HealthInput } from '#parse/configuration/schema/health-schema.ts';
import { alarmNameOf, healthRule } from './alarm-name.ts';

type Owner = Readonly<{ prefix: string; group: string }>;

/** Normalises the care for unhealthy targets, with the alarm of each target group that is watched. */
export const healthOf = (input: HealthInput, { prefix, group }: Owner): Health => ({
  watched: [input, ...(input.also ?? [])].map(({ targetGroup, loadBalancer }, index) => ({
    alarm: alarmNameOf({ prefix, group, rule: healthRule(index) }),
    targetGroup,
    loadBalancer,
  })),
  ...treatmentOf(input),
});

/** Normalises the care for the targets of members, whose target groups nobody names. */
export const fleetHealthOf = (input: FleetHealthInput): Health => ({
  watched: [],
  ...treatmentOf(input),
});

const treatmentOf = (input: FleetHealthInput): Omit<Health, 'watched'> => ({
  unhealthyIn: input.unhealthyIn,
  unhealthyForSeconds: input.unhealthyFor,
  action: input.action,
  floorPercent: input.floor,
  floorCount: input.minHealthy,
  ceilingPercent: input.ceiling,
  pace: paceOf(input.limit),
  ...(input.probation === 'off' ? {} : { probationSeconds: input.probation }),
  quarantine: {
    seconds: input.quarantine.for,
    isReplaced: input.quarantine.replacement === 'launch',
  },
});

/** A tenth of a large fleet in an hour, as in one stroke; three of a small one. */
const USUAL_PACE: Pace = { targets: 3, percent: 10, perSeconds: 3_600 };

const paceOf = (limit: HealthInput['limit']): Pace =>
  limit === undefined ? USUAL_PACE : { targets: limit.targets, percent: 0, perSeconds: limit.per };
