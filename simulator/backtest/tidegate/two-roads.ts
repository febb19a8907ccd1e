import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { createCloud, kindAnswer, promptMail } from '#simulator/cloud.ts';
import { namesOf } from '#simulator/day/names-of.ts';
import { deploy } from '#simulator/deploy.ts';
import { startFleet } from '#simulator/fleet/fleet.ts';
import { createHistory } from '#simulator/history.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import { createTimeline } from '#simulator/kernel/timeline.ts';
import { watchAlarms } from '#simulator/services/cloud-watch/watch-alarms.ts';
import { createSteadyNetwork } from '#simulator/services/steady-network.ts';
import type { Boot } from '../boots.ts';
import { backtest } from '../run.ts';
import { at } from '../series.ts';
import type { World } from '../world.ts';
import { tidegate } from './policy.ts';

/** A change of capacity as a road made it. */
export type RoadChange = Readonly<{
  /** Seconds since the trace began. */
  at: number;
  from: number;
  to: number;
  reason: string;
}>;

const changeOf = (
  { at: moment, from, to, reason }: CapacityDecision,
  start: Instant,
): RoadChange => ({
  at: Math.floor((moment - start) / SECOND_MS),
  from,
  to,
  reason,
});

/** Times of the simulated cloud that a world must share: 17 s pending, and two checks until a target is healthy. */
const PENDING_SECONDS = 17;
const CHECKS_SECONDS = 20;

/** The same world with boots and measurements as the simulated cloud has them. */
export const asInTheCloud = (world: World): World => {
  const random = createRandom(world.seed);
  const noise = createRandom(world.seed + 1);
  const boots: Boot[] = [];
  return {
    ...world,
    cpuNoise: Float64Array.from({ length: world.ticks }, (_, tick) =>
      tick % 4 === 3 ? 4 * (noise() - 0.5) : 0,
    ),
    boots: (launch) => {
      while (boots.length <= launch) {
        const inService = Math.max(PENDING_SECONDS, 40 + 160 * random());
        boots.push({ running: PENDING_SECONDS, inService, ready: inService + CHECKS_SECONDS });
      }
      return boots[launch] as Boot;
    },
  };
};

/** The changes that the engine makes on the fast road, which has neither queues nor functions. */
export const fastRoad = (world: World, group: Group): readonly RoadChange[] => {
  const changes: RoadChange[] = [];
  const start = world.trace.start * SECOND_MS;
  const listen = ({ decision }: Readonly<{ decision: CapacityDecision }>): void => {
    if (decision.to !== decision.from) changes.push(changeOf(decision, start));
  };
  backtest(world, tidegate({ group, listen }));
  return changes;
};

/** The changes that a whole deployment makes in the simulated cloud, with its queues, functions and table. */
export const fullRoad = async (
  world: World,
  configuration: Configuration,
): Promise<readonly RoadChange[]> => {
  const [group] = configuration.groups;
  if (group === undefined) return [];
  const changes: RoadChange[] = [];
  const start = world.trace.start * SECOND_MS;
  const timeline = createTimeline(start);
  const history = createHistory();
  history.listen((event) => {
    if (event.kind !== 'noted' || event.note.kind !== 'settled') return;
    const { decision } = event.note;
    if (decision.kind === 'capacity') changes.push(changeOf(decision, start));
  });

  const services = { timeline, history, mail: promptMail, answer: kindAnswer };
  const cloud = createCloud(services, configuration, [specOf(world, group)]);
  const { tickSeconds, service } = world.conditions;
  startFleet(
    { timeline, cloud, random: createRandom(world.seed + 1) },
    {
      load: (now) => {
        const tick = Math.round((now - start) / SECOND_MS / tickSeconds) - 1;
        return at(world.arrivals, Math.min(tick, world.ticks - 1)) / tickSeconds;
      },
      service,
      latencyLimitMs: service.timeoutMs,
      onSample: () => undefined,
      names: namesOf(group),
    },
  );
  watchAlarms({ timeline, cloud, configuration: () => configuration });
  deploy(
    {
      timeline,
      history,
      random: createRandom(world.seed + 2),
      network: createSteadyNetwork(timeline, LATENCY_MS),
      configuration: () => configuration,
      startClock: () => timeline.now,
    },
    cloud,
  );
  await timeline.runUntil(start + world.ticks * tickSeconds * SECOND_MS - 1);
  return changes;
};

/** Each call takes so long there, and so long back. */
const LATENCY_MS = 12;

const specOf = (
  { conditions, need, boots }: World,
  group: Group,
): Parameters<typeof createCloud>[2][number] => {
  const { min, max } = conditions;
  const desired = Math.min(max, Math.max(min, at(need, 0)));
  let launched = -desired;
  return {
    name: group.autoScalingGroup,
    min,
    max,
    desired,
    bootSeconds: () => {
      launched += 1;
      return launched <= 0 ? 0 : boots(launched - 1).inService;
    },
    isManaged: true,
    targetGroupArns: [
      `arn:aws:elasticloadbalancing:us-east-1:123456789012:${namesOf(group).targetGroup}`,
    ],
  };
};
