import type { Alarm } from '../../shared/domain/alarm.ts';
import type { CapacityDecision } from '../../shared/domain/decision.ts';
import type { Instance } from '../../shared/domain/group-state.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Metric } from '../../shared/domain/metric.ts';
import type { Adjustment, OnMissing, Rule } from '../../shared/domain/rule.ts';
import { meaningOf } from '../run/formulas.ts';
import type { CapacityCall } from './on-capacity.ts';
import { isOpen } from './open-windows.ts';

/** What a rule makes of what an invocation saw, reckoned apart from the code that is judged. */
export type Opinion = Readonly<{
  rule: string;
  ballot?: string;
  wish?: number;
  blocksScaleIn?: true;
  stopsAll?: true;
}>;

type Scene = CapacityCall & Readonly<{ from: number; decidedAt: Instant }>;

export const opinionsOf = (call: CapacityCall, plan: CapacityDecision): readonly Opinion[] =>
  call.group.rules
    .filter(({ isShadow }) => !isShadow)
    .map((rule) => ({
      ...{ rule: rule.name, ...opinionOf(rule, { ...call, from: plan.from, decidedAt: plan.at }) },
      ...(rule.ballot === undefined ? {} : { ballot: rule.ballot }),
    }));

type Judgement = Omit<Opinion, 'rule' | 'ballot'>;

const opinionOf = (rule: Rule, scene: Scene): Judgement => {
  if (namesIn(rule).some((name) => isRefused(name, scene))) return { blocksScaleIn: true };

  switch (rule.kind) {
    case 'threshold':
      return ofThreshold(rule, scene);
    case 'step':
      return ofStep(rule, scene);
    case 'track': {
      const value = readingOf(rule.metric, rule.onMissing, scene);
      return value === undefined
        ? without(rule.onMissing)
        : { wish: trackedBy(rule, value, scene) };
    }
    case 'expression': {
      const result = computedBy(rule, scene);
      if (result === undefined || !Number.isFinite(result)) return without(rule.onMissing);
      return { wish: Math.max(0, Math.ceil(result - 1e-9)) };
    }
    case 'schedule': {
      const isDue = rule.capacity !== undefined && isOpen(rule.window, scene.decidedAt);
      return isDue ? { wish: rule.capacity } : {};
    }
  }
};

const namesIn = (rule: Rule): readonly string[] => {
  if (rule.kind === 'expression') return rule.metrics;
  return 'metric' in rule ? [rule.metric] : [];
};

const isRefused = (name: string, { group, view }: Scene): boolean => {
  const metric = group.metrics[name];
  const found = metric && view.readings.get(metric);
  return found !== undefined && 'refusal' in found;
};

const ofThreshold = (rule: Extract<Rule, { kind: 'threshold' }>, scene: Scene): Judgement => {
  const alarm = scene.view.alarms.get(rule.alarm.name);
  if (isBlind(alarm)) return without(rule.onMissing);
  if (alarm?.state !== 'ALARM' || !alarm.actionsEnabled) return {};
  const wish = wishOf(rule.adjustment, scene);
  return wish < scene.from && !alarm.isEvaluated ? without(rule.onMissing) : { wish };
};

const ofStep = (rule: Extract<Rule, { kind: 'step' }>, scene: Scene): Judgement => {
  const value = readingOf(rule.metric, rule.onMissing, scene);
  if (value === undefined) return without(rule.onMissing);
  const above = rule.bands.filter(({ side, bound }) => side === 'above' && bound <= value);
  const below = rule.bands.filter(({ side, bound }) => side === 'below' && bound >= value);
  const band =
    above.toSorted((a, b) => b.bound - a.bound)[0] ??
    below.toSorted((a, b) => a.bound - b.bound)[0];
  return band ? { wish: wishOf(band.adjustment, scene, rule.atLeast) } : {};
};

const isBlind = (alarm: Alarm | undefined): boolean =>
  alarm === undefined || (alarm.actionsEnabled && alarm.state !== 'OK' && alarm.state !== 'ALARM');

const without = (onMissing: OnMissing): Judgement => {
  if (onMissing === 'ignore') return {};
  if (onMissing === 'fail') return { stopsAll: true };
  if (typeof onMissing === 'object' && 'fallback' in onMissing) return { wish: onMissing.fallback };
  return { blocksScaleIn: true };
};

/** What has not taken its share of the load yet. */
const warming = ({ seen, head, group, decidedAt, from }: Scene): number => {
  const pending = (seen?.instances ?? [])
    .filter((each) => isComing(each) && !isStuck(each.id, { head, group, decidedAt }))
    .reduce((sum, { weight }) => sum + weight, 0);
  const seconds = Math.max(60, group.behavior.warmupSeconds);
  const added = (head?.changes ?? [])
    .filter((change) => decidedAt - change.at < seconds * 1_000)
    .reduce((sum, change) => sum + Math.max(0, change.to - change.from), 0);
  return Math.min(from, Math.max(pending, added));
};

const isComing = ({ lifecycleState }: Instance): boolean =>
  lifecycleState !== 'InService' && !/^(Terminating|Standby|EnteringStandby)/.test(lifecycleState);

/** It has been on its way at every look of a quarter of an hour. */
const isStuck = (
  id: string,
  { head, group, decidedAt }: Pick<Scene, 'head' | 'group' | 'decidedAt'>,
): boolean =>
  decidedAt - (head?.pendingSince?.[id] ?? decidedAt) >=
  1_000 * Math.max(900, group.behavior.warmupSeconds);

const wishOf = (adjustment: Adjustment, scene: Scene, atLeast = 0): number => {
  const { from } = scene;
  if (adjustment.kind === 'set') return adjustment.capacity;
  const basis = adjustment.kind === 'add' ? from - warming(scene) : from;
  const { amount, unit } = adjustment;
  const share = Math.floor((basis * amount) / 100 + 1e-9);
  const percent = Math.max(atLeast, basis * amount === 0 ? 0 : Math.max(1, share));
  const step = unit === 'percent' ? percent : amount;
  return adjustment.kind === 'add' ? Math.max(from, basis + step) : Math.max(0, from - step);
};

const trackedBy = (
  { target, isTotal }: Extract<Rule, { kind: 'track' }>,
  value: number,
  scene: Scene,
): number => {
  const { from, group } = scene;
  const ratio = isTotal ? value / (target * from) : value / target;
  const isOut = from === 0 || ratio > 1 + group.behavior.scaleOut.tolerancePercent / 100 + 1e-9;
  const isIn = ratio < 1 - group.behavior.scaleIn.tolerancePercent / 100 - 1e-9;
  if (!isOut && !isIn) return from;

  const basis = isOut ? from - warming(scene) : from;
  const needed = isTotal ? value / target : ((from === 0 ? 1 : basis) * value) / target;
  const whole = Math.max(0, Math.ceil(needed - 1e-9));
  return isOut ? Math.max(from, whole) : Math.min(from, whole);
};

const computedBy = (
  { text, metrics, onMissing }: Extract<Rule, { kind: 'expression' }>,
  scene: Scene,
): number | undefined => {
  const values: Record<string, number> = { capacity: scene.from };
  for (const name of metrics) {
    const value = readingOf(name, onMissing, scene);
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return meaningOf(text, values);
};

/** The newest value that is fresh enough, as the invocation was told. */
const readingOf = (name: string, onMissing: OnMissing, scene: Scene): number | undefined => {
  const metric = scene.group.metrics[name];
  const reading = metric && scene.view.readings.get(metric);
  const older = typeof onMissing === 'object' && 'last' in onMissing ? onMissing.last : 0;
  const limit = Math.max(usualAgeSeconds(metric), older) * 1_000;
  const age =
    reading && 'at' in reading
      ? scene.decidedAt - reading.at - (metric?.periodSeconds ?? 0) * 1_000
      : Infinity;
  if (age <= limit && reading && 'value' in reading) return reading.value;
  return onMissing === 'zero' ? 0 : undefined;
};

/** Totals and long periods are looked at three minutes later, when all of their data are there. */
const usualAgeSeconds = (metric: Metric | undefined): number => {
  const isTotal = metric?.kind === 'stat' && metric.statistic === 'Sum';
  const period = metric?.periodSeconds ?? 0;
  return Math.max(180, 2 * period) + (isTotal || period > 60 ? 180 : 0);
};
