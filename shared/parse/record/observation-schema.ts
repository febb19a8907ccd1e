import * as z from 'zod';
import type { Observation } from '#domain/capacity/observation.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import { groupRecord } from './group-schema.ts';
import { held } from './held.ts';
import { peer, standby } from './standby-schema.ts';
import { capacity, instant, text } from './values.ts';

const instance = z.object({
  id: text,
  lifecycleState: text,
  availabilityZone: text,
  isHealthy: z.boolean(),
  isProtected: z.boolean(),
  weight: z.number().positive(),
  instanceType: text.optional(),
  launchTemplateVersion: text.optional(),
});

const state = z.object({
  autoScalingGroup: text,
  capacityMin: capacity,
  capacityMax: capacity,
  capacityDesired: capacity,
  isManaged: z.boolean(),
  optIn: z.object({ wanted: text, found: text.optional() }).optional(),
  isBeingDeleted: z.boolean(),
  suspendedProcesses: z.array(text),
  instances: z.array(instance),
  targetGroupArns: z.array(text),
  stack: text.optional(),
  graceSeconds: z.number().nonnegative().optional(),
  healthCheckType: text.optional(),
  tags: z.record(z.string(), text).optional(),
});

const alarm = z.object({
  name: text,
  arn: text,
  reason: text,
  since: instant,
  state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA', 'UNKNOWN']),
  actionsEnabled: z.boolean(),
  isEvaluated: z.boolean(),
});

const change = z.object({
  at: instant,
  from: capacity,
  to: capacity,
  isRestored: z.literal(true).optional(),
  rule: text.optional(),
});

const flapping = z.object({
  at: instant,
  isOut: z.boolean(),
  outBy: text.optional(),
  inBy: text.optional(),
  reversals: z.array(instant),
  since: instant.optional(),
  doublings: z.number().int().positive().optional(),
});

/** Parts that nobody needs to recompute a decision are kept as they are. */
const headParts = {
  version: z.number().int().nonnegative(),
  inFlight: z.unknown().optional(),
  last: z.object({ id: text, signature: text, trouble: text.optional() }).optional(),
  untold: z.array(z.unknown()),
  droppedOutcomes: z.number().int().positive().optional(),
};

const spell = { id: text, by: text, reason: text, since: instant, until: instant };
const ended = z.object({ by: text, at: instant, reason: text.optional() });

const override = z.discriminatedUnion('kind', [
  z.object({ ...spell, ended: ended.optional(), kind: z.literal('pause') }),
  z.object({ ...spell, ended: ended.optional(), kind: z.enum(['pin', 'cap']), capacity }),
]);

/** The delay of a metric, in seconds. */
const delay = z.object({
  absentAt: z.number().nonnegative(),
  thereAt: z.number().nonnegative(),
  missed: z.object({ at: instant, age: z.number().nonnegative() }).optional(),
  lateAt: instant.optional(),
});

const scaleHead = z.object({
  ...headParts,
  lastScaleOut: change.optional(),
  lastScaleIn: change.optional(),
  changes: z.array(change).default([]),
  flapping: flapping.optional(),
  wishes: z.array(z.object({ at: instant, capacity })).default([]),
  missingSince: instant.optional(),
  pendingSince: z.record(z.string(), instant).optional(),
  stuckTold: instant.optional(),
  prepared: z.array(z.object({ at: instant, capacity })).optional(),
  lastPool: z.object({ at: instant, from: capacity.optional(), to: capacity }).optional(),
  poolRefused: z
    .object({ at: instant, refusals: z.number().int().positive(), told: text.optional() })
    .optional(),
  delays: z.record(z.string(), delay).optional(),
  standby: standby.optional(),
  expected: capacity.optional(),
  foreign: z.object({ at: instant, from: capacity, to: capacity }).optional(),
  announced: z.object({ override, isEnding: z.boolean() }).optional(),
  openAlarms: z.array(text),
  heardAlarms: z.array(text),
});

const registration = {
  targetGroupArn: text,
  targetId: text,
  port: z.number().int(),
  availabilityZone: text.optional(),
};

const healHead = z.object({
  ...headParts,
  sightings: z.record(z.string(), instant),
  removals: z.array(instant).default([]),
  probations: z
    .record(
      z.string(),
      z.object({
        ...registration,
        seconds: z.number().positive(),
        until: instant,
        returnedAt: instant.optional(),
        unfinished: text.optional(),
        refusals: z.number().int().positive().optional(),
        isGone: z.literal(true).optional(),
      }),
    )
    .default({}),
  quarantined: z
    .object({
      instanceId: text,
      since: instant,
      until: instant,
      autoScalingGroup: text.optional(),
      refusals: z.number().int().positive().optional(),
    })
    .optional(),
  waitingSince: instant.optional(),
  letGo: z.object({ until: instant, attempts: z.number().int().positive() }).optional(),
});

const obstacle = z.object({
  reason: z.enum(['InstanceRefreshActive', 'StackUpdateActive', 'ZonalShiftActive']),
  detail: text,
});

const activity = z.object({ at: instant, isFailed: z.boolean(), cause: text, message: text });

const reading = z.object({ value: z.number(), at: instant });

const series = z.array(z.number().nullable());

/** The past of a metric that was forecast, as it was taken. */
const demand = z.object({
  start: z.number().int(),
  minutes: series,
  firstBin: z.number().int(),
  fives: series,
});

const common = {
  now: instant,
  group: groupRecord,
  state: state.optional(),
  override: override.optional(),
  obstacles: z.array(obstacle).optional(),
};

const pool = z.object({
  settings: z
    .object({
      prepared: capacity.optional(),
      minSize: capacity,
      poolState: text,
      isReused: z.boolean(),
      isBeingDeleted: z.boolean(),
    })
    .optional(),
  ready: capacity,
  warming: capacity,
});

/** Fields that no decision looks at; and the rules, of which each form in `parse/rules` holds its own kind. */
type Apart =
  | 'group.rules'
  | 'group.runbook'
  | 'group.dashboard'
  | 'group.instanceHour'
  | 'isClockRepaired';

/** All that a decision on capacity looked at; what is left out has nothing in it. */
export const scaleObservation = held<Observation, Apart>()(
  z.object({
    ...common,
    alarms: z.array(alarm).default([]),
    readings: z.record(z.string(), reading).default({}),
    arriving: z.record(z.string(), reading).optional(),
    demands: z.record(z.string(), demand).optional(),
    arrivingDemands: z.record(z.string(), series).optional(),
    newest: z.record(z.string(), instant).optional(),
    refused: z.record(z.string(), text).optional(),
    openings: z
      .record(z.string(), z.object({ isOpen: z.boolean(), changesAt: instant.optional() }))
      .default({}),
    heard: z.array(z.object({ alarm: text, at: instant })).default([]),
    activities: z.array(activity).optional(),
    pool: pool.optional(),
    peer: peer.optional(),
    head: scaleHead.prefault({ version: 0, untold: [], openAlarms: [], heardAlarms: [] }),
  }),
);

const target = z.object({
  targetGroupArn: text,
  id: text,
  port: z.number().int(),
  availabilityZone: text.optional(),
  state: text,
  reason: text,
  description: text,
});

/** All that a decision on targets looked at. */
export const healObservation = held<HealthObservation, Apart>()(
  z.object({
    ...common,
    targets: z.array(target),
    unknownTargetGroups: z.array(text).optional(),
    launches: z.record(z.string(), instant).optional(),
    failOpen: z.record(z.string(), z.object({ count: z.number(), percent: z.number() })).optional(),
    managed: z.record(z.string(), z.boolean()).optional(),
    head: healHead.prefault({ version: 0, untold: [], sightings: {} }),
  }),
);
