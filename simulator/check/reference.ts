import { isLearned } from '#domain/configuration/learned.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { metricsOf, type Rule } from '#domain/configuration/rule.ts';
import type { Adjustment, OnMissing } from '#domain/configuration/rule-parts.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { Instance } from '#domain/observed/group-state.ts';
import { GROWING } from '#simulator/run/formulas.ts';
import type { CapacityCall } from './on-capacity.ts';
import { isOpen } from './open-windows.ts';
import { forecastWish } from './reference-forecast.ts';
import { claimedOf } from './reference-pool.ts';
import { computedBy, isConditionMet, type ReadingScene, readingOf } from './reference-reading.ts';

/** The opinion of a rule on what an invocation saw, computed apart from the code that is judged. */
export type Opinion = Readonly<{
  rule: string;
  ballot?: string;
  wish?: number;
  blocksScaleIn?: true;
  stopsAll?: true;
}>;

type Scene = CapacityCall & ReadingScene & Readonly<{ from: number }>;

export const opinionsOf = (call: CapacityCall, plan: CapacityDecision): readonly Opinion[] =>
  call.group.rules
    .filter(({ isShadow }) => !isShadow)
    .map((rule) => ({
      rule: rule.name,
      ...opinionOf(rule, { ...call, from: plan.from, decidedAt: plan.at }),
      ...(rule.ballot === undefined ? {} : { ballot: rule.ballot }),
    }));

/** The opinions of rules that have a vote of their own, on whole values alone. */
export const opinionsOnWhole = (call: CapacityCall, plan: CapacityDecision): readonly Opinion[] =>
  call.group.rules
    .filter(({ isShadow, ballot }) => !isShadow && ballot === undefined)
    .map((rule) => ({
      rule: rule.name,
      ...onWhole(rule, { ...call, from: plan.from, decidedAt: plan.at }),
    }));

type RuleJudgement = Omit<Opinion, 'rule' | 'ballot'>;

/** A total that is arriving may raise an opinion, and does nothing else. */
const opinionOf = (rule: Rule, scene: Scene): RuleJudgement => {
  const whole = onWhole(rule, scene);
  if (metricsOf(rule).some((name) => isRefused(name, scene))) return whole;
  if (rule.kind === 'expression' && !GROWING.includes(rule.text)) return whole;
  const arriving = opinionOn(rule, { ...scene, isArriving: true });
  const raised = (arriving.wish ?? scene.from) > (whole.wish ?? scene.from);
  return raised && !whole.stopsAll ? arriving : whole;
};

const onWhole = (rule: Rule, scene: Scene): RuleJudgement =>
  metricsOf(rule).some((name) => isRefused(name, scene))
    ? { blocksScaleIn: true }
    : opinionOn(rule, scene);

const opinionOn = (rule: Rule, scene: Scene): RuleJudgement => {
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
    case 'forecast':
      return ofForecast(rule, scene);
    case 'expression': {
      const result = computedBy(rule, scene);
      if (result === undefined || !Number.isFinite(result)) return without(rule.onMissing);
      return { wish: Math.max(0, Math.ceil(result - 1e-9)) };
    }
    case 'schedule':
      return ofSchedule(rule, scene);
  }
};

const isRefused = (name: string, { group, view }: Scene): boolean => {
  const metric = group.metrics[name];
  const found = metric && view.readings.get(metric);
  const past = metric && view.pasts.get(metric);
  return [found, past].some((each) => each !== undefined && 'refusal' in each);
};

const ofSchedule = (
  { capacity, window }: Extract<Rule, { kind: 'schedule' }>,
  { seen, decidedAt }: Scene,
): RuleJudgement => {
  const isStopped = seen?.suspendedProcesses.includes('ScheduledActions') === true;
  const isDue = capacity !== undefined && !isStopped && isOpen(window, decidedAt);
  return isDue ? { wish: capacity } : {};
};

const ofThreshold = (rule: Extract<Rule, { kind: 'threshold' }>, scene: Scene): RuleJudgement => {
  if (rule.alarm.kind === 'watched') {
    const isMet = isConditionMet(rule.alarm.condition, scene);
    if (isMet === undefined) return without(rule.onMissing);
    return isMet ? { wish: wishOf(rule.adjustment, scene) } : {};
  }
  const alarm = scene.view.alarms.get(rule.alarm.name);
  if (isBlind(alarm)) return without(rule.onMissing);
  if (alarm?.state !== 'ALARM' || !alarm.actionsEnabled) return {};
  const wish = wishOf(rule.adjustment, scene);
  return wish < scene.from && !alarm.isEvaluated ? without(rule.onMissing) : { wish };
};

const ofStep = (rule: Extract<Rule, { kind: 'step' }>, scene: Scene): RuleJudgement => {
  const value = readingOf(rule.metric, rule.onMissing, scene);
  if (value === undefined) return without(rule.onMissing);
  const above = rule.bands.filter(({ side, bound }) => side === 'above' && bound <= value);
  const below = rule.bands.filter(({ side, bound }) => side === 'below' && bound >= value);
  const band =
    above.toSorted((a, b) => b.bound - a.bound)[0] ??
    below.toSorted((a, b) => a.bound - b.bound)[0];
  return band ? { wish: wishOf(band.adjustment, scene, rule.atLeast) } : {};
};

const ofForecast = (rule: Extract<Rule, { kind: 'forecast' }>, scene: Scene): RuleJudgement => {
  const { group, view, from, decidedAt: now } = scene;
  if (!isLearned(rule)) return { blocksScaleIn: true };
  const past = view.pasts.get(group.metrics[rule.metric] as Metric);
  const stuck = Math.min(from, stuckIn(scene));
  const wish =
    past !== undefined && 'refusal' in past
      ? 'blind'
      : forecastWish({
          rule,
          past,
          from,
          stuck,
          now,
          period: group.everySeconds ?? 60,
          ...poolIn(scene),
          isArriving: scene.isArriving === true,
        });
  return wish === 'blind' ? without(rule.onMissing) : wish;
};

/** Instances of the pool that a scale-out has claimed, and the group does not show yet, start no second time. */
const poolIn = ({ group, view, seen, from }: Scene) => {
  const pool = view.pools.get(group.autoScalingGroup);
  if (group.warmPool === undefined || pool === undefined) return {};
  const ready = Math.max(0, pool.ready - claimedOf(seen, from));
  return { pool: { ready, wakeSeconds: group.warmPool.wakeSeconds } };
};

const isBlind = (alarm: Alarm | undefined): boolean =>
  alarm === undefined || (alarm.actionsEnabled && alarm.state !== 'OK' && alarm.state !== 'ALARM');

const without = (onMissing: OnMissing): RuleJudgement => {
  if (onMissing === 'ignore') return {};
  if (onMissing === 'fail') return { stopsAll: true };
  if (typeof onMissing === 'object' && 'fallback' in onMissing) return { wish: onMissing.fallback };
  return { blocksScaleIn: true };
};

/** Counts the units that have not taken their share of the load yet. */
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

const isComing = ({ lifecycleState }: Pick<Instance, 'lifecycleState'>): boolean =>
  lifecycleState !== 'InService' && !/^(Terminating|Standby|EnteringStandby)/.test(lifecycleState);

/** It has been on its way at every look of a quarter of an hour. */
const isStuck = (
  id: string,
  { head, group, decidedAt }: Pick<Scene, 'head' | 'group' | 'decidedAt'>,
): boolean =>
  decidedAt - (head?.pendingSince?.[id] ?? decidedAt) >=
  1_000 * Math.max(900, group.behavior.warmupSeconds);

/** With weights there may be more than is wanted, by less than the heaviest instance. */
const thereIn = ({ seen, from }: Scene): number => {
  const weights = (seen?.instances ?? [])
    .filter(({ lifecycleState }) => lifecycleState === 'InService' || isComing({ lifecycleState }))
    .map(({ weight }) => weight);
  const surplus = weights.reduce((sum, weight) => sum + weight, 0) - from;
  return surplus > 0 && surplus < Math.max(...weights) ? from + surplus : from;
};

const stuckIn = ({ seen, head, group, decidedAt }: Scene): number =>
  (seen?.instances ?? [])
    .filter((each) => isComing(each) && isStuck(each.id, { head, group, decidedAt }))
    .reduce((sum, { weight }) => sum + weight, 0);

const wishOf = (adjustment: Adjustment, scene: Scene, atLeast = 0): number => {
  const { from } = scene;
  if (adjustment.kind === 'set') return adjustment.capacity;
  const there = thereIn(scene);
  const basis = adjustment.kind === 'add' ? there - warming(scene) : there;
  const { amount, unit } = adjustment;
  const share = Math.floor((basis * amount) / 100 + 1e-9);
  const percent = Math.max(atLeast, basis * amount === 0 ? 0 : Math.max(1, share));
  const step = unit === 'percent' ? percent : amount;
  return adjustment.kind === 'add'
    ? Math.max(from, basis + step)
    : Math.min(from, Math.max(0, basis - step));
};

const trackedBy = (
  { target, isTotal }: Extract<Rule, { kind: 'track' }>,
  value: number,
  scene: Scene,
): number => {
  const { from, group } = scene;
  const there = thereIn(scene);
  const stuck = Math.min(there, stuckIn(scene));
  const ratio = isTotal ? value / (target * there) : value / target;
  const most = 1 + group.behavior.scaleOut.tolerancePercent / 100 + 1e-9;
  const least = 1 - group.behavior.scaleIn.tolerancePercent / 100 - 1e-9;
  const isOut = from === 0 || ratio > most;
  if (!isOut && ratio >= least) return from;

  const warm = isOut ? warming(scene) : 0;
  const basis = from === 0 ? 1 : Math.max(0, there - stuck - warm);
  const whole = stuck + wholeUnits(isTotal ? value / target : (basis * value) / target);
  if (!isOut) return Math.min(from, whole);
  // As the HPA does: who is not ready yet counts as 0, and the mean with them is held against the tolerance.
  const isNear = warm > 0 && !isTotal && (ratio * basis) / (there - stuck) <= most;
  return isNear ? from : Math.max(from, whole);
};

const wholeUnits = (needed: number): number => Math.max(0, Math.ceil(needed - 1e-9));
