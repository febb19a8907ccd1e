import { adjust } from '#domain/configuration/adjust.ts';
import type { Behavior } from '#domain/configuration/behavior.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { describeAdjustment } from '#domain/configuration/describe-adjustment.ts';
import { alarmsOf, conditionOf, factsOf, type Rule } from '#domain/configuration/rule.ts';
import type { Adjustment, Condition } from '#domain/configuration/rule-parts.ts';
import type { Instant } from '#domain/time/instant.ts';

/** The scene of the samples: a group that grows by a rule, within its bounds. */
export type SampleScene = Readonly<{
  group: string;
  autoScalingGroup: string;
  at: Instant;
  from: number;
  to: number;
  /** The capacity that the rule asks for next. */
  past: number;
  bounds: Readonly<{ min: number; max: number }>;
  pace: SamplePace;
  rule: string;
  /** The reason for which the rule asks for more, in its own words. */
  why: string;
  /** Another rule of the group, which asks for less. */
  other?: string;
  alarm: string;
  /** The condition of the alarm; absent of an alarm that Tidegate did not make. */
  condition?: Condition;
}>;

/** The pace of the group, as far as samples tell of it. */
export type SamplePace = Readonly<{
  scaleOut: Pick<Behavior['scaleOut'], 'cooldownSeconds'>;
  scaleIn: Pick<Behavior['scaleIn'], 'cooldownSeconds'>;
  flapping?: Behavior['flapping'];
}>;

/** The scene that a group of the file makes, or that of a group as people have one. */
export const sceneOf = (group: Group | undefined, at: Instant): SampleScene => {
  const rules = (group?.rules ?? []).filter(({ isShadow }) => !isShadow);
  const rule = rules.find(asksForMore) ?? rules.find((each) => firstOf(each)?.kind !== 'remove');
  const other = rules.find(({ name }) => name !== rule?.name)?.name;
  const bounds = boundsOf(group);
  return {
    group: group?.name ?? 'web',
    autoScalingGroup: group?.autoScalingGroup ?? 'web-prod',
    at,
    ...capacitiesOf((rule && firstOf(rule)) ?? ADD_TWO, bounds),
    bounds,
    pace: group?.behavior ?? USUAL_PACE,
    ...(rule === undefined ? USUAL_RULE : partOf(rule)),
    ...(other === undefined ? {} : { other }),
  };
};

const boundsOf = (group: Group | undefined): SampleScene['bounds'] => {
  const { max = 10 } = group?.capacity ?? {};
  const { min = Math.min(2, max) } = group?.capacity ?? {};
  return { min, max };
};

/** The part of a rule in the scene. */
type RulePart = Pick<SampleScene, 'rule' | 'why' | 'alarm' | 'condition'>;

const partOf = (rule: Rule): RulePart => {
  const condition = conditionOf(rule);
  return {
    rule: rule.name,
    why: wordsOf(rule),
    alarm: alarmsOf([rule])[0] ?? 'web-cpu-high',
    ...(condition === undefined ? {} : { condition }),
  };
};

const CPU_HIGH: Condition = {
  text: 'cpu > 70 for 3m',
  metric: 'cpu',
  comparison: '>',
  threshold: 70,
  datapoints: 3,
  periods: 3,
};

const USUAL_RULE: RulePart = {
  rule: 'cpu-high',
  why: `${CPU_HIGH.text} (in ALARM for 12 s): add 2`,
  alarm: 'web-cpu-high',
  condition: CPU_HIGH,
};

const ADD_TWO: Adjustment = { kind: 'add', amount: 2, unit: 'capacity' };

const USUAL_PACE: SamplePace = {
  scaleOut: { cooldownSeconds: 180 },
  scaleIn: { cooldownSeconds: 300 },
  flapping: { reversals: 3, withinSeconds: 7_200, longestCooldownSeconds: 3_600 },
};

const firstOf = (rule: Rule): Adjustment | undefined => factsOf(rule).adjustments[0];

const asksForMore = (rule: Rule): boolean =>
  factsOf(rule).alarm !== undefined && firstOf(rule)?.kind === 'add';

const wordsOf = (rule: Rule): string => {
  const { alarm, adjustments } = factsOf(rule);
  if (alarm !== undefined) {
    const condition = alarm.kind === 'generated' ? alarm.condition.text : alarm.name;
    return `${condition} (in ALARM for 12 s): ${adjustments.map(describeAdjustment).join(', ')}`;
  }
  return 'metric' in rule ? `${rule.metric} asks for it` : 'asks for it';
};

type Capacities = Pick<SampleScene, 'from' | 'to' | 'past'>;

/** A capacity from which the rule can ask for more twice within the bounds, or once, or however it is. */
const capacitiesOf = (adjustment: Adjustment, { min, max }: SampleScene['bounds']): Capacities => {
  const step = (capacity: number): number => adjust(adjustment, capacity);
  const highest = Math.max(min, max - 6);
  const candidates = Array.from(
    { length: Math.min(highest - min, MOST_TRIED) + 1 },
    (_, index) => highest - index,
  ).filter((from) => step(from) > from && step(from) <= max);
  const from = candidates.find((each) => step(step(each)) <= max) ?? candidates[0] ?? min;
  const to = Math.max(from + 1, Math.min(max, step(from)));
  return { from, to, past: Math.max(to + 1, step(to)) };
};

/** A maximum may be in the billions; what lies so far below it shows nothing else. */
const MOST_TRIED = 1_000;
