import type { ImportedPace, ImportNote, Translation } from '../translation.ts';
import type { AlarmOfFile, AwsPolicy, AwsTargetTracking } from './schemas.ts';
import { type AdjustingPolicy, rulesOfAdjusting } from './stepping.ts';
import {
  scaleInDisabled,
  TRACKING_OUT,
  trackedMetric,
  trackingIn,
  trackingRule,
} from './target-tracking.ts';

type FiledPolicy = Readonly<{ file: string; policy: AwsPolicy }>;

/** A policy of an Auto Scaling group as rules in shadow, for the policy goes on acting. */
export const translatePolicy = (
  { file, policy }: FiledPolicy,
  alarms: ReadonlyMap<string, AlarmOfFile>,
): Translation => {
  const { AutoScalingGroupName: name, EstimatedInstanceWarmup: warmup, PolicyName } = policy;
  const { rules, paces, notes } = partsOf({ file, policy }, alarms);
  const warm: readonly ImportedPace[] =
    warmup === undefined
      ? []
      : [
          {
            key: 'warmup',
            value: warmup,
            because: `Policy ${PolicyName}: EstimatedInstanceWarmup.`,
          },
        ];
  return {
    target: { name, autoScalingGroup: name },
    rules: policy.Enabled
      ? rules
      : rules.map((rule) => ({
          ...rule,
          comments: [...rule.comments, 'The policy itself is disabled and does nothing.'],
        })),
    paces: [...paces, ...warm],
    notes,
  };
};

type Parts = Required<Omit<Translation, 'target' | 'bounds' | 'health'>>;

const partsOf = (
  { file, policy }: FiledPolicy,
  alarms: ReadonlyMap<string, AlarmOfFile>,
): Parts => {
  const { TargetTrackingConfiguration: tracking } = policy;
  if (tracking !== undefined) return ofTracking({ file, policy }, tracking);
  if (policy.PolicyType === 'PredictiveScaling') {
    return { rules: [], paces: [], notes: [predictive({ file, policy })] };
  }
  const { AdjustmentType, StepAdjustments, MinAdjustmentMagnitude, MinAdjustmentStep } = policy;
  const isSimple = StepAdjustments.length === 0;
  const adjusting: AdjustingPolicy = {
    file,
    name: policy.PolicyName,
    group: policy.AutoScalingGroupName,
    adjustmentType: AdjustmentType ?? '',
    // AWS takes no notice of it for adjustments of another type.
    atLeast:
      AdjustmentType === 'PercentChangeInCapacity'
        ? (MinAdjustmentMagnitude ?? MinAdjustmentStep ?? 0)
        : 0,
    steps: isSimple ? [{ ScalingAdjustment: policy.ScalingAdjustment ?? 0 }] : StepAdjustments,
    alarms: policy.Alarms.map(({ AlarmName }) => AlarmName),
  };
  const adjusted = rulesOfAdjusting(adjusting, alarms);
  return isSimple ? { ...adjusted, paces: [...adjusted.paces, ...cooldownOf(policy)] } : adjusted;
};

/** A simple policy waits for its cooldown after a change in either direction. */
const cooldownOf = ({
  Cooldown,
  ScalingAdjustment = 0,
  PolicyName,
}: AwsPolicy): readonly ImportedPace[] =>
  Cooldown === undefined
    ? []
    : [
        {
          side: ScalingAdjustment < 0 ? 'scaleIn' : 'scaleOut',
          key: 'cooldown',
          value: Cooldown,
          because: `Policy ${PolicyName}: Cooldown.`,
        },
      ];

const predictive = ({ file, policy }: FiledPolicy): ImportNote => ({
  kind: 'left-out',
  file,
  about: policy.PolicyName,
  message: 'predictive scaling has no equal',
  why: 'rules go by what was measured, or by the clock: a forecast rule looks as far ahead as a launch takes, a schedule rule covers peaks that come at the same time. Two that set the capacity work against each other, so delete the policy before a rule leaves the shadow, or leave it in the mode ForecastOnly',
});

const ofTracking = ({ file, policy }: FiledPolicy, tracking: AwsTargetTracking): Parts => {
  const { PolicyName: name } = policy;
  const metric = trackedMetric(tracking, policy.AutoScalingGroupName);
  const about = { file, about: name };
  if (!('definition' in metric)) {
    return { ...NOTHING, notes: [{ kind: 'left-out', ...about, ...metric }] };
  }
  return {
    rules: [trackingRule({ ...about, name, target: tracking.TargetValue }, metric)],
    paces: tracking.DisableScaleIn ? TRACKING_OUT : [...TRACKING_OUT, ...trackingIn(30)],
    notes: tracking.DisableScaleIn ? [scaleInDisabled(about)] : [],
  };
};

const NOTHING: Parts = { rules: [], paces: [], notes: [] };
