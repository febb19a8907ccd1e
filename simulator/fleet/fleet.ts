import { countOf } from '#domain/observed/target-states.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import type { Random } from '#simulator/kernel/random.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { Machine } from '#simulator/services/auto-scaling/machine.ts';
import type { Cloud } from '../cloud.ts';
import { emit, type Minute, type Names, sizesOf } from './emit.ts';
import type { Load } from './load.ts';
import { emptyQueue, type Queue, type Worked, work } from './queue-model.ts';
import type { Sample } from './sample.ts';
import { type Service, serve } from './service-model.ts';
import { STOPPED_SHARE } from './stopped-share.ts';

export type FleetWorld = Readonly<{
  timeline: Timeline;
  cloud: Cloud;
  random: Random;
}>;

export type FleetSettings = Readonly<{
  names: Names;
  load: Load;
  service: Service;
  /** Requests that take longer count as violated. */
  latencyLimitMs: number;
  onSample: (sample: Sample) => void;
}>;

const TICK_MS = 15_000;
const TICKS = MINUTE_MS / TICK_MS;

/** Lets a fleet serve its load, every fifteen seconds, and tells CloudWatch once a minute. */
export const startFleet = (world: FleetWorld, settings: FleetSettings): void => {
  const { timeline } = world;
  let ticks: Tick[] = [];
  let left: Left = { backlog: 0, queue: emptyQueue };

  const tick = (): void => {
    const now = timeline.now();
    const done = serveTick(world, settings, left);
    ticks.push(done);
    left = { backlog: done.backlog, queue: done.worked?.queue ?? emptyQueue };
    if (ticks.length === TICKS) {
      endMinute(world, settings, ticks);
      ticks = [];
    }
    timeline.quietly(now + TICK_MS, tick);
  };
  timeline.quietly(timeline.now() + TICK_MS, tick);
};

/** The state that one span of time leaves to the next. */
type Left = Readonly<{ backlog: number; queue: Queue }>;

type Tick = ReturnType<typeof serve> &
  Readonly<{ arrivals: number; serving: number; worked?: Worked }>;

const serveTick = (
  { timeline, cloud }: FleetWorld,
  { names, load, service }: FleetSettings,
  { backlog, queue }: Left,
): Tick => {
  const machines = cloud.autoScaling.machines(names.autoScalingGroup);
  const serving = cloud.loadBalancing.serving(machines).length;
  const seconds = TICK_MS / 1_000;
  const now = timeline.now();
  const arrivals = load(now) * seconds;
  if (names.queue === undefined) {
    return {
      ...serve(service, { seconds, arrivals, backlog, instances: serving }),
      arrivals,
      serving,
    };
  }
  const worked = work(service, queue, { now, seconds, arrivals, instances: serving });
  return { ...worked.served, arrivals, serving, worked };
};

const endMinute = (world: FleetWorld, settings: FleetSettings, ticks: readonly Tick[]): void => {
  const { timeline, cloud, random } = world;
  const { names, latencyLimitMs } = settings;
  const now = timeline.now();
  const machines = cloud.autoScaling.machines(names.autoScalingGroup);
  const targets = cloud.loadBalancing.truth(names.targetGroup);
  const isRunning = machines.some((machine) => isBilled(machine, now));
  const all = (read: (tick: Tick) => number): number =>
    ticks.reduce((sum, tick) => sum + read(tick), 0);
  const minute: Minute = {
    at: now - MINUTE_MS,
    requests: all(({ arrivals }) => arrivals),
    lost: all(({ lost }) => lost),
    ...(isRunning
      ? { cpu: cpuOf(all(({ utilisation }) => utilisation) / ticks.length, random) }
      : {}),
    meanLatencyMs: all(({ meanLatencyMs }) => meanLatencyMs) / ticks.length,
    p95LatencyMs: Math.max(...ticks.map(({ p95LatencyMs }) => p95LatencyMs)),
    serving: ticks.at(-1)?.serving ?? 0,
    healthy: targets.filter((target) => countOf(target).isHealthy).length,
    unhealthy: targets.filter((target) => countOf(target).isSick).length,
    group: sizesOf(cloud.autoScaling.truth(names.autoScalingGroup)),
    ...queueOf(ticks),
  };
  emit(cloud.metrics, names, minute);

  const slow = ticks.filter(({ p95LatencyMs }) => p95LatencyMs > latencyLimitMs);
  settings.onSample({
    at: minute.at,
    requests: minute.requests,
    serving: minute.serving,
    requestsPerSecond: minute.requests / 60,
    capacityDesired: cloud.autoScaling.truth(names.autoScalingGroup)?.capacityDesired ?? 0,
    p95LatencyMs: minute.p95LatencyMs,
    violated: slow.reduce((sum, { arrivals }) => sum + arrivals, 0),
    instanceSeconds: 60 * (billedOf(machines, now) + pooledOf(cloud, names)),
  });
};

/** The queue as it is at the end of a minute, and what went through it. */
const queueOf = (ticks: readonly Tick[]): Pick<Minute, 'queue'> => {
  const last = ticks.at(-1)?.worked;
  if (last === undefined) return {};
  const { visible, inFlight, oldestSeconds } = last;
  return {
    queue: {
      visible,
      inFlight,
      oldestSeconds,
      sent: ticks.reduce((sum, { arrivals }) => sum + arrivals, 0),
      deleted: ticks.reduce((sum, { worked }) => sum + (worked?.deleted ?? 0), 0),
    },
  };
};

/** Processors are never busier than wholly, and measured with two points of noise. */
const cpuOf = (utilisation: number, random: Random): number =>
  Math.min(100, Math.max(0, 100 * utilisation + 4 * (random() - 0.5)));

const isBilled = ({ runningAt, goneAt }: Machine, now: number): boolean =>
  runningAt <= now && (goneAt === undefined || now < goneAt);

const billedOf = (machines: readonly Machine[], now: number): number =>
  machines.filter((machine) => isBilled(machine, now)).length;

/** Instances of the warm pool as they are billed: in full while they are prepared or shut down, then by their share. */
const pooledOf = ({ autoScaling }: Cloud, { autoScalingGroup }: Names): number => {
  const { warming = 0, ready = 0 } = autoScaling.pool(autoScalingGroup) ?? {};
  return warming + STOPPED_SHARE * ready;
};
