import type { Found, FoundPast, Metric, MetricQuery } from '#domain/configuration/metric.ts';
import type { Target } from '#domain/health/health-observation.ts';
import type { HealHead, ScaleHead } from '#domain/ledger/head.ts';
import type { Memory } from '#domain/ledger/memory.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import type { Obstacle } from '#domain/observed/obstacle.ts';
import type { WarmPool } from '#domain/observed/warm-pool.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import { type ByMetric, createByMetric } from './by-metric.ts';

/** The last answers of each service to an invocation. */
export type View = {
  groups: Map<string, GroupState>;
  alarms: Map<string, Alarm>;
  alarmsAt: Instant;
  targets: Map<string, readonly Target[]>;
  /** By the metric that was asked for. */
  readings: ByMetric<Found>;
  pasts: ByMetric<FoundPast>;
  /** Groups whose heads, as it read them last, carried a plan of somebody. */
  heads: Map<string, ScaleHead | HealHead>;
  /** Overrides that people had put above the rules of groups, in force or over. */
  overrides: Map<string, Override>;
  /** Processes that it was told to be under way, by Auto Scaling group. */
  obstacles: Map<string, readonly Obstacle[]>;
  /** Warm pools that it could read, by Auto Scaling group. */
  pools: Map<string, WarmPool>;
  /** True for target groups that carry the tag, by ARN. */
  managed: Map<string, boolean>;
  /** The last call of each question that was answered, by what was asked. */
  newest: Map<string, number>;
};

export type Views = ReturnType<typeof createViews>;

/** Follows the answers that invocations get. */
export const createViews = () => {
  const views = new Map<string, View>();
  const viewOf = ({ id }: Invocation): View => {
    const view = views.get(id) ?? newView();
    views.set(id, view);
    return view;
  };

  return {
    of: viewOf,
    follow: (event: HistoryEvent): void => {
      if (event.kind === 'ended' || event.kind === 'failed') views.delete(event.invocation.id);
      if (event.kind !== 'answered' || !(event.trip.action in LESSONS)) return;
      const view = viewOf(event.trip.invocation);
      if (isNewest(view, event)) learnFrom(view, event);
    },
  };
};

/** False for an answer that comes late, when the same was asked again meanwhile and answered already. */
const isNewest = (
  { newest }: View,
  { trip, error }: Extract<HistoryEvent, { kind: 'answered' }>,
): boolean => {
  const { order, action, input } = trip;
  const question = `${action} ${JSON.stringify(input)}`;
  if (order < (newest.get(question) ?? 0)) return false;
  if (error === undefined) newest.set(question, order);
  return true;
};

const learnFrom = (view: View, event: Extract<HistoryEvent, { kind: 'answered' }>): void => {
  const { action, input } = event.trip;
  // A pool that cannot be read is not there for whoever asked, whatever it was before.
  if (action === 'DescribeWarmPool') view.pools.delete(String(input));
  if (event.error === undefined) LESSONS[action]?.(view, event.answer, { at: event.at, input });
};

const newView = (): View => ({
  groups: new Map(),
  alarms: new Map(),
  alarmsAt: 0,
  targets: new Map(),
  heads: new Map(),
  readings: createByMetric<Found>(),
  pasts: createByMetric<FoundPast>(),
  overrides: new Map(),
  obstacles: new Map(),
  pools: new Map(),
  managed: new Map(),
  newest: new Map(),
});

type Lesson = (
  view: View,
  answer: unknown,
  context: Readonly<{ at: Instant; input: unknown }>,
) => void;

const LESSONS: Readonly<Record<string, Lesson>> = {
  DescribeAutoScalingGroups: (view, answer, { input }) => {
    for (const name of input as readonly string[]) view.groups.delete(name);
    for (const [name, state] of answer as Map<string, GroupState>) view.groups.set(name, state);
  },
  DescribeAlarms: (view, answer, { at, input }) => {
    for (const name of input as readonly string[]) view.alarms.delete(name);
    for (const [name, alarm] of answer as Map<string, Alarm>) view.alarms.set(name, alarm);
    view.alarmsAt = at;
  },
  DescribeTargetHealth: (view, answer, { input }) => {
    view.targets.set(String(input), (answer ?? []) as readonly Target[]);
  },
  GetMetricData: (view, answer, { input }) => {
    for (const [index, { metric }] of (input as readonly MetricQuery[]).entries()) {
      view.readings.set(metric, (answer as readonly Found[])[index]);
    }
  },
  'GetMetricData of the past': (view, answer, { input }) => {
    for (const [index, metric] of (input as readonly Metric[]).entries()) {
      view.pasts.set(metric, (answer as readonly FoundPast[])[index]);
    }
  },
  DescribeInstanceRefreshes: (view, answer, { input }) => {
    view.obstacles.set(String(input), answer as readonly Obstacle[]);
  },
  DescribeWarmPool: (view, answer, { input }) => {
    view.pools.set(String(input), answer as WarmPool);
  },
  DescribeTags: (view, answer) => {
    for (const [arn, isManaged] of Object.entries(answer as Record<string, boolean>)) {
      view.managed.set(arn, isManaged);
    }
  },
  BatchGetItem: (view, answer, { input }) => {
    for (const name of input as readonly string[]) view.heads.delete(name);
    for (const [name, { head, override }] of answer as Map<string, Memory<ScaleHead>>) {
      if (head) view.heads.set(name, head);
      if (override) view.overrides.set(name, override);
      else view.overrides.delete(name);
    }
  },
};
