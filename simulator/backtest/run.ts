import { type BacktestFleet, createFleet } from './fleet.ts';
import type { Decide, Policy, View } from './policy.ts';
import type { PoolLimit } from './pool.ts';
import type { Result } from './result.ts';
import { createSampler, type Measured } from './samples.ts';
import { createScore, type Score } from './score.ts';
import { at } from './series.ts';
import { isViolated, serveSpan } from './service.ts';
import type { World } from './world.ts';

/** A tick as somebody who draws it sees it. */
export type TickSeen = Measured &
  Readonly<{
    /** The end of the tick, in seconds since the trace began. */
    at: number;
    /** Instances that would just meet the objective. */
    need: number;
    isViolated: boolean;
  }>;

/** Hears of each tick, after it was served and before anybody looks. */
export type OnTick = (tick: TickSeen) => void;

/** Runs a policy through a world, in one pass. The same world and policy give the same result. */
export const backtest = (world: World, policy: Policy, onTick?: OnTick): Result => {
  const { conditions, ticks } = world;
  const { tickSeconds } = conditions;
  const score = createScore(world);
  const desired = within(world, at(world.need, 0));
  const fleet = createFleet(world, desired, {
    bill: score.bill,
    ...(policy.pool ? { pool: policy.pool } : {}),
  });
  const sampler = createSampler(world, policy.metrics ?? conditions.metrics);
  const run: Run = { world, policy, score, fleet, sampler, decide: policy.start(world), desired };
  let backlog = 0;

  for (let tick = 0; tick < ticks; tick += 1) {
    const end = (tick + 1) * tickSeconds;
    fleet.arrive(end);
    const measured = serveTick(run, tick, backlog);
    backlog = measured.backlog;
    sampler.measure(tick, measured);
    onTick?.({ ...measured, at: end, need: at(world.need, tick) });
    if (tick < ticks - 1) lookUntil(run, end);
  }
  fleet.close(ticks * tickSeconds);
  return score.result(policy.name);
};

/** Serves what arrives in a tick, and judges it. */
const serveTick = (
  { world, fleet, score, desired }: Run,
  tick: number,
  backlog: number,
): Omit<TickSeen, 'at' | 'need'> => {
  const { service, tickSeconds } = world.conditions;
  const now = (tick + 1) * tickSeconds;
  const ready = fleet.ready();
  const arrivals = at(world.arrivals, tick);
  const served = serveSpan(service, { seconds: tickSeconds, arrivals, backlog, instances: ready });
  const violated = isViolated(service, served);
  score.serve({ tick, arrivals, isViolated: violated, desired });
  const pending = fleet.warming(now, 0);
  return {
    arrivals,
    ready,
    desired,
    isViolated: violated,
    utilisation: served.utilisation,
    lost: served.lost,
    backlog: served.backlog,
    meanLatencyMs: served.meanLatencyMs,
    p95LatencyMs: served.p95LatencyMs,
    inService: fleet.size() - pending,
    pending,
    draining: fleet.draining(now),
  };
};

type Run = Readonly<{
  world: World;
  policy: Policy;
  score: Score;
  fleet: BacktestFleet;
  sampler: ReturnType<typeof createSampler>;
  decide: Decide;
}> & { desired: number };

/** Lets the policy look at every second of its that lies in the tick which begins now. */
const lookUntil = (run: Run, now: number): void => {
  const { tickSeconds } = run.world.conditions;
  const minute = Math.floor(now / 60) * 60;
  for (let begin = minute; begin < now + tickSeconds; begin += 60) {
    for (const second of run.policy.looks) {
      const moment = begin + second;
      if (moment >= now && moment < now + tickSeconds) look(run, moment);
    }
  }
};

const look = (run: Run, now: number): void => {
  const { world, fleet, sampler, score, policy } = run;
  const { lagSeconds = 0.001 } = policy;
  const visible = sampler.publish(now);
  const pending = fleet.warming(now, 0);
  const pool = fleet.pool(now);
  let limit: PoolLimit | undefined;
  const view: View = {
    now,
    desired: run.desired,
    inService: fleet.size() - pending,
    pending,
    visible,
    samples: sampler.samples,
    warming: (seconds) => fleet.warming(now, seconds),
    version: fleet.version(),
    members: fleet.members,
    ...(pool ? { pool } : {}),
    prepare: (asked) => {
      limit = asked;
    },
  };

  const wanted = within(world, run.decide(view));
  if (wanted === run.desired && limit === undefined) return;
  if (wanted !== run.desired) score.change(now, run.desired, wanted);
  run.desired = wanted;
  fleet.setDesired(wanted, now + lagSeconds, limit);
};

const within = ({ conditions: { min, max } }: World, capacity: number): number =>
  Math.min(max, Math.max(min, capacity));
