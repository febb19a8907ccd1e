import * as z from 'zod';
import { rulesOfActions, type TimedAction } from '../schedules.ts';
import type {
  ImportedMetric,
  ImportedPace,
  ImportNote,
  ImportTarget,
  PaceSide,
  Translation,
} from '../translation.ts';
import { plainMetric } from './metric-of.ts';
import { type AlarmOfFile, adjustingSchema, targetTrackingSchema } from './schemas.ts';
import { rulesOfAdjusting } from './stepping.ts';
import {
  scaleInDisabled,
  TRACKING_OUT,
  trackedMetric,
  trackingIn,
  trackingRule,
} from './target-tracking.ts';

const resource = {
  ServiceNamespace: z.string(),
  ResourceId: z.string(),
  ScalableDimension: z.string(),
};

/** `aws application-autoscaling describe-scaling-policies`. */
export const servicePoliciesSchema = z.object({
  ScalingPolicies: z.array(
    z.object({
      ...resource,
      PolicyName: z.string(),
      Alarms: z.array(z.object({ AlarmName: z.string() })).default([]),
      TargetTrackingScalingPolicyConfiguration: targetTrackingSchema.optional(),
      StepScalingPolicyConfiguration: adjustingSchema.optional(),
    }),
  ),
});

/** `aws application-autoscaling describe-scheduled-actions`. */
export const serviceActionsSchema = z.object({
  ScheduledActions: z.array(
    z.object({
      ...resource,
      ScheduledActionName: z.string(),
      Schedule: z.string(),
      Timezone: z.string().default('UTC'),
      EndTime: z.union([z.string(), z.number()]).optional(),
      ScalableTargetAction: z
        .object({ MinCapacity: z.number().optional(), MaxCapacity: z.number().optional() })
        .default({}),
    }),
  ),
});

export type ServicePolicy = z.output<typeof servicePoliciesSchema>['ScalingPolicies'][number];
export type ServiceAction = z.output<typeof serviceActionsSchema>['ScheduledActions'][number];

type Resource = Pick<ServicePolicy, 'ResourceId' | 'ScalableDimension'>;

/** A service, a Spot Fleet or the like, in place of which an Auto Scaling group is to stand. */
const targetOf = ({ ResourceId: id }: Resource): ImportTarget => {
  const name = id.split('/').at(-1) as string;
  const assumed = `The name of ${id}; the Auto Scaling group has perhaps another: --asg NAME.`;
  return { name, autoScalingGroup: name, assumed };
};

/** Dimensions that are counts of something that runs. */
const FLEETS = [
  'ecs:service:DesiredCount',
  'ec2:spot-fleet-request:TargetCapacity',
  'custom-resource:ResourceType:Property',
];

const noFleet = (file: string, about: string, dimension: string): ImportNote => ({
  kind: 'left-out',
  file,
  about,
  message: `${dimension} has no equal`,
  why: 'rules change the number of instances of a group, and this is a capacity of another kind',
});

/** A policy of Application Auto Scaling: in shadow, for it goes on acting on its service. */
export const translateServicePolicy = (
  { file, value }: Readonly<{ file: string; value: ServicePolicy }>,
  alarms: ReadonlyMap<string, AlarmOfFile>,
): Translation => {
  const target = targetOf(value);
  const { PolicyName: name, ScalableDimension: dimension } = value;
  if (!FLEETS.includes(dimension)) return { target, notes: [noFleet(file, name, dimension)] };
  const {
    TargetTrackingScalingPolicyConfiguration: tracking,
    StepScalingPolicyConfiguration: steps,
  } = value;
  if (tracking !== undefined)
    return { target, ...ofTracking({ file, name, target, resource: value.ResourceId }, tracking) };
  const made = rulesOfAdjusting(
    {
      file,
      name,
      group: '',
      adjustmentType: steps?.AdjustmentType ?? '',
      atLeast:
        steps?.AdjustmentType === 'PercentChangeInCapacity'
          ? (steps.MinAdjustmentMagnitude ?? 0)
          : 0,
      steps: steps?.StepAdjustments ?? [],
      alarms: value.Alarms.map(({ AlarmName }) => AlarmName),
    },
    alarms,
  );
  return {
    target,
    ...made,
    paces: [...made.paces, ...cooldowns(name, steps?.Cooldown, steps?.Cooldown)],
  };
};

type ServicePlace = Readonly<{
  file: string;
  name: string;
  target: ImportTarget;
  resource: string;
}>;

const ofTracking = (
  { file, name, target, resource: id }: ServicePlace,
  tracking: z.output<typeof targetTrackingSchema>,
): Omit<Translation, 'target'> => {
  const metric = ecsMetric(tracking, id) ?? trackedMetric(tracking, target.autoScalingGroup);
  const about = { file, about: name };
  if (!('definition' in metric)) return { notes: [{ kind: 'left-out', ...about, ...metric }] };
  const { TargetValue, DisableScaleIn, ScaleOutCooldown, ScaleInCooldown } = tracking;
  return {
    rules: [trackingRule({ ...about, name, target: TargetValue }, metric)],
    paces: [
      ...TRACKING_OUT,
      ...(DisableScaleIn ? [] : trackingIn(10)),
      ...cooldowns(name, ScaleOutCooldown, ScaleInCooldown),
    ],
    notes: DisableScaleIn ? [scaleInDisabled(about)] : [],
  };
};

const OF_ECS = /^ECSServiceAverage(CPU|Memory)Utilization service\/([^/]+)\/([^/]+)$/;

/** The CPU or the memory of an ECS service, of which CloudWatch has a metric for the service itself. */
const ecsMetric = (
  { PredefinedMetricSpecification: predefined }: z.output<typeof targetTrackingSchema>,
  resource: string,
): ImportedMetric | undefined => {
  const type = String(predefined?.PredefinedMetricType);
  const found = OF_ECS.exec(`${type} ${resource}`);
  if (found === null) return undefined;
  const [measure, ClusterName, ServiceName] = found.slice(1) as [string, string, string];
  return plainMetric(
    {
      namespace: 'AWS/ECS',
      metric: `${measure}Utilization`,
      dimensions: { ClusterName, ServiceName },
      statistic: 'Average',
    },
    '',
  );
};

const cooldowns = (
  policy: string,
  out: number | undefined,
  inward: number | undefined,
): readonly ImportedPace[] => {
  const of = (side: PaceSide, value: number | undefined): readonly ImportedPace[] =>
    value === undefined
      ? []
      : [{ side, key: 'cooldown', value, because: `Policy ${policy}: its cooldown.` }];
  return [...of('scaleOut', out), ...of('scaleIn', inward)];
};

/** Scheduled actions of Application Auto Scaling, service by service. */
export const translateServiceActions = (
  actions: readonly Readonly<{ file: string; value: ServiceAction }>[],
): readonly Translation[] =>
  [...new Set(actions.map(({ value }) => value.ResourceId))].flatMap((id) => {
    const own = actions.filter(({ value }) => value.ResourceId === id);
    const timed = own.flatMap((action) => timedAction(action) ?? []);
    const notes = own
      .filter((action) => timedAction(action) === undefined)
      .map(({ file, value }) => unreadable(file, value));
    return own.slice(0, 1).map(({ value }) => {
      const made = rulesOfActions(timed);
      return { target: targetOf(value), rules: made.rules, notes: [...notes, ...made.notes] };
    });
  });

const timedAction = ({
  file,
  value,
}: Readonly<{ file: string; value: ServiceAction }>): TimedAction | undefined => {
  const { Schedule, Timezone: timezone, EndTime, ScalableTargetAction: bounds } = value;
  if (!FLEETS.includes(value.ScalableDimension)) return undefined;
  const named = {
    file,
    name: value.ScheduledActionName,
    timezone,
    min: bounds.MinCapacity,
    max: bounds.MaxCapacity,
  };
  const [, at] = /^at\((\d{4}-\d\d-\d\dT\d\d:\d\d)/.exec(Schedule) ?? [];
  if (at !== undefined) return { ...named, when: { kind: 'once', at } };
  const cron = fiveFields(Schedule);
  return cron === undefined
    ? undefined
    : { ...named, when: { kind: 'recurring', cron, isBounded: EndTime !== undefined } };
};

/** `cron(0 8 ? * MON-FRI *)` with five fields; there, days of the week are counted from 1. */
const fiveFields = (schedule: string): string | undefined => {
  const [, minute, hour, day, month, weekday = '', year] =
    /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(schedule) ?? [];
  if (year !== '*') return undefined;
  const weekdays = weekday.replace(/(?<!#)\d/g, (digit) => String(Number(digit) - 1));
  return [minute, hour, day, month, weekdays].join(' ').replaceAll('?', '*');
};

const unreadable = (file: string, value: ServiceAction): ImportNote => {
  const { ScheduledActionName: about, ScalableDimension: dimension, Schedule } = value;
  if (!FLEETS.includes(dimension)) return noFleet(file, about, dimension);
  return {
    kind: 'left-out',
    file,
    about,
    message: `${Schedule} has no equal`,
    why: 'a window has cron lines of five fields, or local times: neither a rate nor a year',
  };
};
