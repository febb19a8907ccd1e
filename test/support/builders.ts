import type { GroupObservation } from '#domain/capacity/observation.ts';
import type {
  Behavior,
  Direction,
  FlappingBehavior,
  OnForeignChange,
} from '#domain/configuration/behavior.ts';
import type { Group, Health } from '#domain/configuration/configuration.ts';
import type { ThresholdRule } from '#domain/configuration/rule.ts';
import type { HealedGroup, HealthObservation, Target } from '#domain/health/health-observation.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import { newHealHead, newScaleHead, type ScaleHead } from '#domain/ledger/head.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { GroupState, Instance } from '#domain/observed/group-state.ts';
import { type Instant, MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';

/** 2026-03-02T09:00:00Z, a Monday. */
export const NOON: Instant = 1_772_442_000_000;
export const seconds = (count: number): number => count * SECOND_MS;
export const minutes = (count: number): number => count * MINUTE_MS;

export const TARGET_GROUP = 'targetgroup/web/73e2d6bc24d8a067';
export const TARGET_GROUP_ARN = `arn:aws:elasticloadbalancing:us-east-1:123456789012:${TARGET_GROUP}`;

export const HEALTH_ALARM = 'tidegate-dev-web-unhealthy-targets';

export const aRule = (overrides: Partial<ThresholdRule> = {}): ThresholdRule => ({
  kind: 'threshold',
  name: 'cpu-high',
  alarm: {
    kind: 'generated',
    name: 'tidegate-dev-web-cpu-high',
    condition: {
      text: 'cpu > 70 for 5m',
      metric: 'cpu',
      comparison: '>',
      threshold: 70,
      datapoints: 5,
      periods: 5,
    },
  },
  adjustment: { kind: 'add', amount: 2, unit: 'capacity' },
  onMissing: 'hold',
  ...overrides,
});

/** A rule bound to an alarm of the operator's own, named as the rule is. */
export const anAlarmRule = (name: string, overrides: Partial<ThresholdRule> = {}): ThresholdRule =>
  aRule({ name, alarm: { kind: 'existing', name }, ...overrides });

export const CPU_HIGH = aRule();
export const CPU_LOW = aRule({
  name: 'cpu-low',
  alarm: {
    kind: 'generated',
    name: 'tidegate-dev-web-cpu-low',
    condition: {
      text: 'cpu < 30 for 10m',
      metric: 'cpu',
      comparison: '<',
      threshold: 30,
      datapoints: 10,
      periods: 10,
    },
  },
  adjustment: { kind: 'remove', amount: 1, unit: 'capacity' },
});

type BehaviorParts = Readonly<{
  scaleOut?: Partial<Direction>;
  scaleIn?: Partial<Direction>;
  warmupSeconds?: number;
  onForeignChange?: OnForeignChange;
  flapping?: FlappingBehavior;
}>;

const DIRECTION: Direction = {
  cooldownSeconds: 0,
  stabilizeSeconds: 0,
  tolerancePercent: 10,
  limits: [],
  select: 'max',
};

/** Cooldowns of three and five minutes, and nothing else that delays unless the parts say so. */
export const aBehavior = ({
  scaleOut,
  scaleIn,
  warmupSeconds = 0,
  onForeignChange = 'adopt',
  flapping,
}: BehaviorParts = {}): Behavior => ({
  scaleOut: { ...DIRECTION, cooldownSeconds: 180, ...scaleOut },
  scaleIn: { ...DIRECTION, cooldownSeconds: 300, ...scaleIn },
  warmupSeconds,
  onForeignChange,
  ...(flapping === undefined ? {} : { flapping }),
});

/** The default of `behavior.flapping`. */
export const USUAL_FLAPPING: FlappingBehavior = {
  reversals: 3,
  withinSeconds: 7_200,
  longestCooldownSeconds: 3_600,
};

export const aGroup = (overrides: Partial<Group> = {}): Group => ({
  name: 'web',
  autoScalingGroup: 'web-prod',
  capacity: { min: 2, max: 10 },
  metrics: {},
  rules: [CPU_HIGH, CPU_LOW],
  behavior: aBehavior(),
  ...overrides,
});

export const anInstance = (overrides: Partial<Instance> = {}): Instance => ({
  id: 'i-1',
  lifecycleState: 'InService',
  isHealthy: true,
  isProtected: false,
  weight: 1,
  availabilityZone: 'us-east-1a',
  ...overrides,
});

/** So many instances, of which the first so many are pending. */
export const someInstances = (count: number, pending = 0): readonly Instance[] =>
  Array.from({ length: count }, (_, index) =>
    anInstance({
      id: `i-${index + 1}`,
      lifecycleState: index < pending ? 'Pending' : 'InService',
    }),
  );

/** A group of `capacityDesired` healthy instances. */
export const aGroupState = (overrides: Partial<GroupState> = {}): GroupState => ({
  autoScalingGroup: 'web-prod',
  capacityMin: 1,
  capacityMax: 20,
  capacityDesired: 4,
  isManaged: true,
  isBeingDeleted: false,
  suspendedProcesses: [],
  instances: someInstances(overrides.capacityDesired ?? 4),
  targetGroupArns: [TARGET_GROUP_ARN],
  ...overrides,
});

const anAlarm = (overrides: Partial<Alarm> = {}): Alarm => ({
  name: 'tidegate-dev-web-cpu-high',
  arn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:tidegate-dev-web-cpu-high',
  state: 'ALARM',
  since: NOON - seconds(12),
  actionsEnabled: true,
  isEvaluated: true,
  reason: 'Threshold Crossed',
  ...overrides,
});

export const alarmOf = ({ alarm }: ThresholdRule, overrides: Partial<Alarm> = {}): Alarm =>
  anAlarm({ name: alarm.name, ...overrides });

export const aScaleHead = (overrides: Partial<ScaleHead> = {}): ScaleHead => ({
  ...newScaleHead,
  ...overrides,
});

/** A group of four whose alarms are all OK. */
export const anObservation = (overrides: Partial<GroupObservation> = {}): GroupObservation => ({
  now: NOON,
  group: aGroup(),
  state: aGroupState(),
  alarms: [alarmOf(CPU_HIGH, { state: 'OK' }), alarmOf(CPU_LOW, { state: 'OK' })],
  heard: [],
  readings: {},
  openings: {},
  head: newScaleHead,
  ...overrides,
});

/** The same group with one rule's alarm in ALARM. */
export const firing = (
  rule: ThresholdRule,
  overrides: Partial<GroupObservation> = {},
): GroupObservation => {
  const observation = anObservation(overrides);
  const others = observation.alarms.filter(({ name }) => name !== rule.alarm.name);
  return { ...observation, alarms: [...others, alarmOf(rule)] };
};

/** A pause that ann has set a minute ago, for an hour. */
export const anOverride = (overrides: Partial<Override> = {}): Override =>
  ({
    id: 'web-pause-1',
    kind: 'pause',
    by: 'ann',
    reason: 'moving the database',
    since: NOON - minutes(1),
    until: NOON + minutes(59),
    ...overrides,
  }) as Override;

export const aCapacityDecision = (overrides: Partial<CapacityDecision> = {}): CapacityDecision => ({
  kind: 'capacity',
  id: 'web-1',
  group: 'web',
  autoScalingGroup: 'web-prod',
  at: NOON,
  from: 4,
  to: 6,
  wanted: 6,
  reason: 'ScaledOut',
  summary: 'web 4 → 6: cpu-high',
  trace: [],
  ...overrides,
});

export const aTarget = (overrides: Partial<Target> = {}): Target => ({
  targetGroupArn: TARGET_GROUP_ARN,
  id: 'i-1',
  port: 80,
  state: 'healthy',
  reason: '',
  description: '',
  ...overrides,
});

export const aFailingTarget = (id: string): Target =>
  aTarget({
    id,
    state: 'unhealthy',
    reason: 'Target.FailedHealthChecks',
    description: 'Health checks failed',
  });

export const aHealth = (overrides: Partial<Health> = {}): Health => ({
  watched: [
    {
      alarm: HEALTH_ALARM,
      targetGroup: TARGET_GROUP,
      loadBalancer: 'app/web/50dc6c495c0c9188',
    },
  ],
  unhealthyIn: 'all',
  unhealthyForSeconds: 120,
  action: 'replace',
  floorPercent: 50,
  floorCount: 1,
  ceilingPercent: 30,
  pace: { targets: 3, percent: 10, perSeconds: 3_600 },
  probationSeconds: 600,
  quarantine: { seconds: 86_400, isReplaced: true },
  ...overrides,
});

export const aHealedGroup = (overrides: Partial<Health> = {}): HealedGroup => ({
  ...aGroup(),
  health: aHealth(overrides),
});

/** Ten members, of which the named ones fail and were first seen failing so many seconds ago. */
export const aHealthObservation = (
  failing: Readonly<Record<string, number>> = {},
  overrides: Partial<HealthObservation> = {},
): HealthObservation => {
  const state = aGroupState({ capacityDesired: 10 });
  const targets = state.instances.map(({ id }) =>
    id in failing ? aFailingTarget(id) : aTarget({ id }),
  );
  const sightings = Object.fromEntries(
    Object.entries(failing).map(([id, ago]) => [
      `${TARGET_GROUP_ARN} ${id}:80`,
      NOON - seconds(ago),
    ]),
  );

  return {
    now: NOON,
    group: aHealedGroup(),
    state,
    targets,
    head: { ...newHealHead, sightings },
    ...overrides,
  };
};
