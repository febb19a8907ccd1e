import type { Recovery } from '#domain/capacity/decide-recovery.ts';
import { isFound, type Observation } from '#domain/capacity/observation.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import type { CapacityDecision, HealthDecision } from '#domain/ledger/decision.ts';
import { inForce, type Override } from '#domain/ledger/override.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import type { Instant } from '#domain/time/instant.ts';
import { type CapacityStatus, capacityStatusOf } from './capacity-status.ts';
import { type HealthStatus, healthStatusOf } from './health-status.ts';
import { type HoldingGate, holdingGates } from './holding-gates.ts';
import {
  type LastChange,
  type LastError,
  lastChangeOf,
  lastErrorOf,
  type OpenIncident,
  openIncidentsIn,
} from './last-decisions.ts';
import { type MetricValues, type RuleStatus, ruleStatusOf } from './rule-status.ts';

/** A group as it is now, and the decision that the next look makes if nothing changes until then. */
export type GroupStatus = Readonly<{
  group: string;
  autoScalingGroup: string;
  at: Instant;
  /** Absent when AWS knows no such Auto Scaling group. */
  capacity?: CapacityStatus;
  rules: readonly RuleStatus[];
  gates: readonly HoldingGate[];
  next: NextDecision;
  /** A plan that is not settled, and how the next look ends it. */
  plan?: Readonly<{ id: string; summary: string; recovery: Recovery }>;
  /** The override that is in force. */
  override?: Override;
  health?: HealthStatus;
  /** The reason why the targets could not be seen. */
  healthUnseen?: string;
  lastChange?: LastChange;
  lastError?: LastError;
  incidents: readonly OpenIncident[];
}>;

export type NextDecision = Pick<
  CapacityDecision,
  'id' | 'from' | 'to' | 'wanted' | 'reason' | 'summary'
>;

/** A group whose memory cannot be read, or whose reads failed. */
export type UnseenStatus = Readonly<{ group: string; autoScalingGroup: string; unseen: string }>;

/** All that a status is read off. */
export type StatusView = Readonly<{
  capacity: Readonly<{
    observation: Observation;
    decision: CapacityDecision;
    plan?: Readonly<{ decision: CapacityDecision; recovery: Recovery }>;
  }>;
  /** Absent when the group has no `health`; a text says why its targets could not be seen. */
  health?: Readonly<{ observation: HealthObservation; decision: HealthDecision }> | string;
  values: MetricValues;
  /** The newest recorded decisions, the newest first. */
  recent: readonly RecordedDecision[];
}>;

/** Puts together what people want to know of a group. */
export const groupStatusOf = ({ capacity, health, values, recent }: StatusView): GroupStatus => {
  const { observation, decision, plan } = capacity;
  const { group, head, now } = observation;
  const found = isFound(observation) ? observation : undefined;
  const override = inForce(observation.override, now);
  const lastChange = lastChangeOf(head, recent);
  const lastError = lastErrorOf(recent);
  const { id, from, to, wanted, reason, summary } = decision;

  return {
    group: group.name,
    autoScalingGroup: group.autoScalingGroup,
    at: now,
    ...(found === undefined ? {} : { capacity: capacityStatusOf(found) }),
    rules: found === undefined ? [] : group.rules.map((rule) => ruleStatusOf(rule, found, values)),
    gates: holdingGates(observation, decision),
    next: { id, from, to, wanted, reason, summary },
    ...(plan === undefined ? {} : { plan: planOf(plan) }),
    ...(override === undefined ? {} : { override }),
    ...healthIn(health),
    ...(lastChange === undefined ? {} : { lastChange }),
    ...(lastError === undefined ? {} : { lastError }),
    incidents: openIncidentsIn(recent, head),
  };
};

const planOf = ({
  decision,
  recovery,
}: NonNullable<StatusView['capacity']['plan']>): NonNullable<GroupStatus['plan']> => ({
  id: decision.id,
  summary: decision.summary,
  recovery,
});

const healthIn = (health: StatusView['health']): Pick<GroupStatus, 'health' | 'healthUnseen'> => {
  if (health === undefined) return {};
  if (typeof health === 'string') return { healthUnseen: health };
  return { health: healthStatusOf(health.observation, health.decision) };
};
