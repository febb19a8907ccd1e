import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { memberOf } from '#domain/configuration/fleet.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import { startFleet } from '#simulator/fleet/fleet.ts';
import { diurnal, flashCrowd, type Load, noisy, sum } from '#simulator/fleet/load.ts';
import type { Sample } from '#simulator/fleet/sample.ts';
import { createRandom, type Random } from '#simulator/kernel/random.ts';
import { createTimeline } from '#simulator/kernel/timeline.ts';
import type { GroupSpec } from '#simulator/services/auto-scaling/fleet.ts';
import { watchAlarms } from '#simulator/services/cloud-watch/watch-alarms.ts';
import { createSteadyNetwork } from '#simulator/services/steady-network.ts';
import { type Cloud, createCloud, kindAnswer, promptMail } from '../cloud.ts';
import { deploy } from '../deploy.ts';
import { createHistory, type HistoryEvent } from '../history.ts';
import { namesOf } from './names-of.ts';

export type Day = Readonly<{
  configuration: Configuration;
  seed: number;
  /** The load; a day of people with a flash crowd when absent. */
  load?: Load;
  /** True when things also go wrong: an instance turns unhealthy, launches fail. */
  hasAccidents: boolean;
  listen: (event: HistoryEvent) => void;
  onSample: (sample: Sample) => void;
  /** Called once with the account of AWS, before anything happens in it. */
  onCloud?: (cloud: Cloud, now: () => Instant) => void;
  /** Called once with the way to deploy another configuration while the day runs. */
  onDeployed?: (deployAgain: (configuration: Configuration) => void) => void;
  /** Auto Scaling groups that carry the tags of the first fleet of the configuration from the start. */
  members?: readonly string[];
  /** Minutes that it lasts; a day when absent. */
  minutes?: number;
  /** Called between the minutes, so that a viewer can keep pace. */
  pause: () => Promise<void>;
}>;

/** 2026-03-02T00:00:00Z, a Monday. */
export const DAY_START: Instant = 1_772_409_600_000;
export const DAY_MINUTES = 1_440;
const LATENCY_LIMIT_MS = 500;
/** Clients that put a message into a queue do not wait for it, but not for ever either. */
const QUEUE_LIMIT_MS = MINUTE_MS;

/** A request that takes longer is too slow. */
export const latencyLimitOf = (group: Group): number =>
  namesOf(group).queue === undefined ? LATENCY_LIMIT_MS : QUEUE_LIMIT_MS;

const LATENCY_MS = 12;
/** The service of every instance of a day. */
export const DAY_SERVICE = { ratePerInstance: 100, workers: 8, timeoutMs: 10_000 };

/** An account as a day left it, and its clock. */
export type EndedDay = Readonly<{ cloud: Cloud; now: () => Instant }>;

/** Runs a day of every group of a configuration, with its rules, against a load. */
export const runDay = async (day: Day): Promise<EndedDay> => {
  const { configuration, seed, minutes = DAY_MINUTES } = day;
  const groups = [...configuration.groups, ...membersOf(day)];
  let current = configuration;
  const timeline = createTimeline(DAY_START);
  const random = createRandom(seed);
  const history = createHistory();
  history.listen(day.listen);
  const cloud = createCloud(
    ...([{ timeline, history, mail: promptMail, answer: kindAnswer }, configuration] as const),
    groups.map((group) => specOf(group, random)),
  );
  day.onCloud?.(cloud, timeline.now);
  const load = day.load ?? usualDay(random);

  for (const group of groups) {
    startFleet(
      { timeline, cloud, random },
      {
        load,
        service: DAY_SERVICE,
        latencyLimitMs: latencyLimitOf(group),
        onSample: day.onSample,
        names: namesOf(group),
      },
    );
  }
  const makeAlarms = watchAlarms({ timeline, cloud, configuration: () => current });
  day.onDeployed?.((next) => {
    current = next;
    makeAlarms();
  });
  deploy(
    {
      timeline,
      history,
      random,
      network: createSteadyNetwork(timeline, LATENCY_MS),
      configuration: () => current,
      startClock: () => timeline.now,
    },
    cloud,
  );
  if (day.hasAccidents) planAccidents(timeline, cloud, history.record);

  for (let minute = 1; minute <= minutes; minute += 1) {
    await timeline.runUntil(DAY_START + minute * MINUTE_MS);
    await day.pause();
  }
  return { cloud, now: timeline.now };
};

const membersOf = ({ configuration: { fleets = [] }, members = [] }: Day): readonly Group[] =>
  fleets.slice(0, 1).flatMap((fleet) => members.map((name) => memberOf(fleet, name)));

/** A day of people, with a flash crowd at one o'clock. */
export const usualDay = (random: Random): Load =>
  noisy(
    sum(diurnal(150, 900), flashCrowd(DAY_START + 13 * 60 * MINUTE_MS, 700, 20 * MINUTE_MS)),
    ...([0.08, random] as const),
  );

/** The bounds of a group; those that it leaves open are wide. */
export const boundsOf = ({ capacity: { min = 1, max = 50 } }: Group) => ({ min, max });

const specOf = (group: Group, random: Random): GroupSpec => {
  const { min, max } = boundsOf(group);
  return {
    name: group.autoScalingGroup,
    min,
    max,
    desired: Math.max(min, Math.min(4, max)),
    bootSeconds: () => 60 + 60 * random(),
    isManaged: true,
    ...(group.fleet === undefined ? {} : { tags: group.fleet.tags }),
    targetGroupArns: [
      `arn:aws:elasticloadbalancing:us-east-1:123456789012:${namesOf(group).targetGroup}`,
    ],
  };
};

/** In the morning an instance falls ill; in the afternoon no instance can be launched for a while. */
const planAccidents = (
  timeline: ReturnType<typeof createTimeline>,
  cloud: Cloud,
  record: (event: HistoryEvent) => void,
): void => {
  const name = 'web-prod';
  timeline.at(DAY_START + 9.5 * 60 * MINUTE_MS, () => {
    const machine = cloud.autoScaling
      .machines(name)
      .find(({ terminatingSince }) => !terminatingSince);
    if (machine === undefined) return;
    cloud.loadBalancing.fail(machine.id);
    record({ at: timeline.now(), kind: 'world', detail: `${machine.id} fails its health checks` });
  });
  timeline.at(DAY_START + 13 * 60 * MINUTE_MS, () => {
    record({
      at: timeline.now(),
      kind: 'world',
      detail: 'a crowd arrives, and launches fail for 4 minutes',
    });
    cloud.autoScaling.pull(name, (fleet, now) => {
      fleet.launchesFailUntil = now + 4 * MINUTE_MS;
    });
  });
};
