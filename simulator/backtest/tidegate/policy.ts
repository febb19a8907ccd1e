import { delaysOf } from '#domain/capacity/next-delays.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { changesPool } from '#domain/ledger/decision.ts';
import { newHealHead } from '#domain/ledger/head.ts';
import { scaleCause } from '#domain/sweep/decide-sweep.ts';
import { dueLook } from '#domain/sweep/due-look.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { namesOf } from '#simulator/day/names-of.ts';
import { STOPPED_SHARE } from '#simulator/fleet/stopped-share.ts';
import type { MetricTiming } from '../conditions.ts';
import type { Decide, Policy, View } from '../policy.ts';
import type { World } from '../world.ts';
import { createAlarmBoard, secondsOfAlarms } from './alarms.ts';
import { createDemandReader } from './demands.ts';
import { createEngine, type Decided } from './engine.ts';
import { createGroupState } from './group-state.ts';
import { createMetricStore, type MetricStore } from './metric-store.ts';
import { minuteOf } from './minute.ts';
import { createNewest, createOpenings, createReader } from './readers.ts';

export type Tidegate = Readonly<{
  name?: string;
  /** A group of a `tidegate.yml`, parsed. */
  group: Group;
  metrics?: MetricTiming;
  /** The second of each minute at which the sweep looks: 0 by default. EventBridge keeps the second of a deployment. */
  sweepsAt?: number;
  /** It changes nothing before this second of the trace, and only gathers metrics. */
  restsUntil?: number;
  /** Hears of every evaluation; what it is told is the production engine's own decision. */
  listen?: (decided: Decided) => void;
}>;

/** The sweep asks, scale reads: an evaluation sees the group so long after the minute, or the alarm. */
const LOOKS_AFTER_MS = 60;
/** SetDesiredCapacity takes effect so long after the minute. */
const ACTS_AFTER_SECONDS = 0.096;

/**
 * Tidegate itself: its production engine over the metrics, the alarms and the group of a backtest. The sweep
 * looks at every minute and each alarm at its own second, as in a deployment; only queues, functions and the
 * table are left out.
 */
export const tidegate = (settings: Tidegate): Policy => ({
  name: settings.name ?? `Tidegate, ${settings.group.name}`,
  ...(settings.metrics === undefined ? {} : { metrics: settings.metrics }),
  looks: secondsOf(settings),
  ...poolOf(settings.group),
  lagSeconds: ACTS_AFTER_SECONDS,
  start: (world) => decideBy(settings, world),
});

/** A group that is asked when its values are due may be looked at in any second. */
const secondsOf = ({ group, sweepsAt = 0 }: Tidegate): readonly number[] => {
  if (group.looksWhenDue) return Array.from({ length: 60 }, (_, second) => second);
  const looks = looksOf(group).map((second) => (second + sweepsAt) % 60);
  return [...new Set([...looks, ...secondsOfAlarms(group)])].sort((a, b) => a - b);
};

const decideBy = (settings: Tidegate, world: World): Decide => {
  const { group, listen, restsUntil = 0, sweepsAt = 0 } = settings;
  const startMs = startOf(world);
  const store = createMetricStore(storeSettings(settings, world));
  const keepUp = createKeeper(settings, world, store);
  const board = createAlarmBoard(group, startMs);
  const engine = createEngine();
  const stateOf = createGroupState(group, world.conditions);
  const readings = createReader(group);
  const demands = createDemandReader(group, { world, valueAt: store.at, startMs });
  const openings = createOpenings(group);
  const newestIn = createNewest(group, store.at);
  const bound = alarmsOf(group.rules);
  let dueAt = -1;
  const isDue = (view: View, now: Instant): boolean =>
    view.now % (group.everySeconds ?? 60) === sweepsAt % (group.everySeconds ?? 60) &&
    scaleCause({
      now,
      group,
      state: stateOf(view),
      alarms: board.all,
      scaleHead: engine.head(),
      healHead: newHealHead,
    }) !== undefined;
  /** The sweep asks now, and for a value that will be due; or this is the look that it asked for. */
  const isAsked = (view: View, now: Instant): boolean => {
    if (!isDue(view, now)) return view.now === dueAt;
    dueAt = view.now + (dueLook({ group, delays: engine.head().delays, now }) ?? -1);
    return true;
  };
  const evaluate = (view: View, now: Instant, heard: Observation['heard']): Decided => {
    const seen = readings(store.read, now);
    return engine.evaluate({
      now,
      group,
      state: stateOf(view),
      alarms: bound.flatMap((name) => board.all.get(name) ?? []),
      ...seen,
      ...demands(now, delaysOf(group, engine.head())),
      ...newestIn(seen, now),
      openings: openings(now),
      heard,
      obstacles: [],
      ...poolSeenIn(view),
    });
  };

  return (view) => {
    if (view.now < restsUntil) return view.desired;
    keepUp(view);
    const moment = startMs + view.now * SECOND_MS;
    const now = moment + LOOKS_AFTER_MS;
    const turned = board.look(store, view.now % 60, moment);
    const isAskedNow = isAsked(view, now);
    if (turned.length === 0 && !isAskedNow) return view.desired;

    const firing = turned.filter(({ isFiring }) => isFiring);
    const heard = firing.map(({ alarm }) => ({ alarm, at: moment }));
    const decided = evaluate(view, now, heard);
    listen?.(decided);
    const { pool, to } = decided.decision;
    if (pool && changesPool(decided.decision)) {
      view.prepare({ prepared: pool.to, isReused: pool.isReused });
    }
    return to;
  };
};

/** The looks of the sweep: at the minute, or as often as the group says. */
const looksOf = ({ everySeconds = 60 }: Group): readonly number[] =>
  Array.from({ length: 60 / everySeconds }, (_, look) => look * everySeconds);

/** Stopped instances wake in the time that the group's file names. */
const poolOf = ({ warmPool }: Group): Pick<Policy, 'pool'> =>
  warmPool === undefined
    ? {}
    : { pool: { wakeSeconds: warmPool.wakeSeconds, stoppedShare: STOPPED_SHARE } };

const poolSeenIn = ({ pool }: View): Pick<Observation, 'pool'> => {
  if (pool === undefined) return {};
  const { limit, ready, warming } = pool;
  const settings = limit && {
    ...limit,
    minSize: 0,
    poolState: 'Stopped',
    isBeingDeleted: false,
  };
  return { pool: { ...(settings ? { settings } : {}), ready, warming } };
};

/** Periods of metrics are counted from whole minutes. */
const startOf = ({ trace }: World): Instant => Math.floor(trace.start / 60) * 60 * SECOND_MS;

const storeSettings = (
  { group, metrics }: Tidegate,
  world: World,
): Parameters<typeof createMetricStore>[0] => {
  const { periodSeconds, delaySeconds } = metrics ?? world.conditions.metrics;
  return {
    group,
    names: namesOf(group),
    startMs: startOf(world),
    sampleMs: periodSeconds * SECOND_MS,
    delayMs: delaySeconds * SECOND_MS,
  };
};

/** Puts into the store what was published since the look before. */
const createKeeper = (settings: Tidegate, world: World, store: MetricStore) => {
  const { startMs, sampleMs, names } = storeSettings(settings, world);
  const { conditions } = world;
  const isQueue = names.queue !== undefined;
  let stored = 0;

  return ({ visible, samples }: View): void => {
    for (; stored < visible; stored += 1) {
      const at = startMs + stored * sampleMs;
      store.put(stored, minuteOf(samples, stored, { at, conditions, isQueue }));
    }
  };
};
