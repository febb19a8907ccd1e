import * as z from 'zod';

const dimensions = z.array(z.object({ Name: z.string(), Value: z.string() })).default([]);

const metricStat = z.object({
  Metric: z.object({
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: dimensions,
  }),
  Stat: z.string(),
  Period: z.number().optional(),
  Unit: z.string().optional(),
});

const query = z.object({
  Id: z.string(),
  Expression: z.string().optional(),
  MetricStat: metricStat.optional(),
  Period: z.number().optional(),
  AccountId: z.string().optional(),
  ReturnData: z.boolean().default(true),
});

/** The metric of an alarm or of a target: one metric, or queries of which one is returned. */
const metric = {
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: dimensions,
  Statistic: z.string().optional(),
  Unit: z.string().optional(),
  Period: z.number().optional(),
  Metrics: z.array(query).default([]),
};

const customizedMetric = z.object(metric);

/** `aws cloudwatch describe-alarms`; of composite alarms only the names matter. */
export const alarmsSchema = z.object({
  MetricAlarms: z
    .array(
      z.object({
        ...metric,
        AlarmName: z.string(),
        ExtendedStatistic: z.string().optional(),
        EvaluationPeriods: z.number().default(1),
        DatapointsToAlarm: z.number().optional(),
        Threshold: z.number().optional(),
        ComparisonOperator: z.string().default(''),
        TreatMissingData: z.string().optional(),
      }),
    )
    .default([]),
});

const stepAdjustments = z
  .array(
    z.object({
      MetricIntervalLowerBound: z.number().optional(),
      MetricIntervalUpperBound: z.number().optional(),
      ScalingAdjustment: z.number(),
    }),
  )
  .default([]);

const predefinedMetric = z.object({
  PredefinedMetricType: z.string(),
  ResourceLabel: z.string().optional(),
});

/** The configuration of target tracking, of groups and of services. */
export const targetTrackingSchema = z.object({
  TargetValue: z.number(),
  PredefinedMetricSpecification: predefinedMetric.optional(),
  CustomizedMetricSpecification: customizedMetric.optional(),
  DisableScaleIn: z.boolean().default(false),
  ScaleOutCooldown: z.number().optional(),
  ScaleInCooldown: z.number().optional(),
});

const policyParts = {
  PolicyName: z.string(),
  PolicyType: z.string().optional(),
  Alarms: z.array(z.object({ AlarmName: z.string() })).default([]),
};

const adjusting = {
  AdjustmentType: z.string().optional(),
  MinAdjustmentMagnitude: z.number().optional(),
  Cooldown: z.number().optional(),
  StepAdjustments: stepAdjustments,
};

/** The steps of a policy of Application Auto Scaling. */
export const adjustingSchema = z.object(adjusting);

/** `aws autoscaling describe-policies`. */
export const policiesSchema = z.object({
  ScalingPolicies: z.array(
    z.object({
      ...policyParts,
      ...adjusting,
      AutoScalingGroupName: z.string(),
      ScalingAdjustment: z.number().optional(),
      MinAdjustmentStep: z.number().optional(),
      MetricAggregationType: z.string().optional(),
      EstimatedInstanceWarmup: z.number().optional(),
      Enabled: z.boolean().default(true),
      TargetTrackingConfiguration: targetTrackingSchema.optional(),
    }),
  ),
});

/** `aws autoscaling describe-scheduled-actions`. */
export const scheduledActionsSchema = z.object({
  ScheduledUpdateGroupActions: z.array(
    z.object({
      AutoScalingGroupName: z.string(),
      ScheduledActionName: z.string(),
      StartTime: z.string().optional(),
      EndTime: z.string().optional(),
      Recurrence: z.string().optional(),
      TimeZone: z.string().default('UTC'),
      MinSize: z.number().optional(),
      MaxSize: z.number().optional(),
      DesiredCapacity: z.number().optional(),
    }),
  ),
});

/** `aws autoscaling describe-auto-scaling-groups`. */
export const groupsSchema = z.object({
  AutoScalingGroups: z.array(
    z.object({
      AutoScalingGroupName: z.string(),
      MinSize: z.number(),
      MaxSize: z.number(),
      DefaultInstanceWarmup: z.number().optional(),
    }),
  ),
});

export type AlarmOfFile = z.output<typeof alarmsSchema>['MetricAlarms'][number];
export type AwsPolicy = z.output<typeof policiesSchema>['ScalingPolicies'][number];
export type AwsScheduledAction = z.output<
  typeof scheduledActionsSchema
>['ScheduledUpdateGroupActions'][number];
export type AwsGroup = z.output<typeof groupsSchema>['AutoScalingGroups'][number];
export type AwsMetricSource = z.output<typeof customizedMetric> &
  Readonly<{ ExtendedStatistic?: string | undefined }>;
export type AwsMetricQuery = z.output<typeof query>;
export type AwsTargetTracking = z.output<typeof targetTrackingSchema>;
