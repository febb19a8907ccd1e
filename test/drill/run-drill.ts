import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { until } from '#test/e2e/harness/until.ts';
import { type Balancer, startBalancer } from './balancer/balancer.ts';
import type { Ground } from './cloud/account.ts';
import { groupOf } from './cloud/configuration.ts';
import { evaluateAlarms, quietenAlarms } from './cloud/evaluate-alarms.ts';
import { failedLaunches } from './cloud/failed-launches.ts';
import { PERIOD_MS, publishPeriod } from './cloud/publish-metrics.ts';
import { targetStates } from './cloud/target-states.ts';
import { type Drill, secondsOf } from './drills/drill.ts';
import { startDatabase } from './instances/database.ts';
import { type LivingGroup, startLivingGroup } from './instances/living-group.ts';
import type { Course } from './judge/course.ts';
import { sendLoad } from './load/send-load.ts';
import { observe } from './observe.ts';
import { repeat } from './repeat.ts';
import { sceneOf } from './scene.ts';

/** Runs one drill on a living fleet, and answers everything that was seen of it. */
export const runDrill = async (
  { deployment, placeOf }: Ground,
  drill: Drill,
  { application, say }: Readonly<{ application: string; say: (line: string) => void }>,
): Promise<Course> => {
  const { clients, endpoint, proxy } = deployment;
  const place = placeOf(drill.name);
  const stops: (() => unknown)[] = [];
  const troubles: unknown[] = [];
  const fail = (thrown: unknown): void => void troubles.push(thrown);
  try {
    const database = await startDatabase();
    stops.unshift(database.goAway);
    let balancer: Balancer | undefined;
    const group = await startLivingGroup({
      clients,
      endpoint,
      name: groupOf(drill.name),
      targetGroupArn: place.targetGroupArn,
      application,
      databasePort: database.port,
      inFlight: (id) => balancer?.inFlight(id) ?? 0,
      fail,
    });
    stops.unshift(group.stop);
    balancer = await startBalancer({
      registered: () => registeredIn(deployment.clients, place.targetGroupArn),
      portOf: group.portOf,
      fail,
    });
    stops.unshift(balancer.stop);
    stops.unshift(proxy.inject(targetStates(place.targetGroupArn, balancer.healthOf)));
    stops.unshift(proxy.inject(failedLaunches(groupOf(drill.name), group.notLaunched)));
    await allServe(drill, balancer);

    const parts = { deployment, placeOf, drill, balancer, group, database, say, fail };
    const course = await run(parts, stops);
    const [trouble] = troubles;
    // A course that the stage itself disturbed says nothing.
    if (trouble !== undefined) throw trouble;
    return course;
  } finally {
    for (const stop of stops.splice(0)) await stop();
    await quietenAlarms(deployment, drill.name);
  }
};

const registeredIn = async (
  { elb }: Ground['deployment']['clients'],
  TargetGroupArn: string,
): Promise<readonly string[]> => {
  const { TargetHealthDescriptions = [] } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn }),
  );
  return TargetHealthDescriptions.map(({ Target }) => Target?.Id ?? '');
};

const allServe = ({ name, instances }: Drill, balancer: Balancer): Promise<true> =>
  until(
    `the ${instances} instances of ${name} serve`,
    () => {
      const states = [...balancer.healthOf().values()].map(({ state }) => state);
      return states.filter((state) => state === 'healthy').length >= instances ? true : undefined;
    },
    30_000,
  );

type Run = Ground &
  Readonly<{
    drill: Drill;
    balancer: Balancer;
    group: LivingGroup;
    database: Awaited<ReturnType<typeof startDatabase>>;
    say: (line: string) => void;
    fail: (thrown: unknown) => void;
  }>;

/** From the first request to the last: periods end, accidents happen, and somebody watches. */
const run = async (all: Run, stops: (() => unknown)[]): Promise<Course> => {
  const { deployment, placeOf, drill, balancer, group, database, say, fail } = all;
  const place = placeOf(drill.name);
  // A drill begins with a period, so that every run of it sees the same.
  await sleep(PERIOD_MS - (Date.now() % PERIOD_MS));
  const begin = Date.now();
  balancer.takePeriod();
  const observed = observe({ deployment, drill, balancer, group, begin, say, fail });
  stops.unshift(observed.stop);

  let period = Math.floor(begin / PERIOD_MS) * PERIOD_MS;
  const endPeriods = repeat(
    async () => {
      if (Date.now() < period + PERIOD_MS) return;
      await publishPeriod(deployment.clients, { place, balancer, begin: period });
      period += PERIOD_MS;
      const changed = await evaluateAlarms(deployment, { group: drill.name, until: period });
      for (const text of changed) observed.mark(text);
      await deployment.lambdas.get('sweep')?.invoke({});
    },
    100,
    fail,
  );
  stops.unshift(endPeriods);

  const ending = new AbortController();
  // Every lane of load waits with it.
  setMaxListeners(0, ending.signal);
  stops.unshift(() => ending.abort());
  const scene = sceneOf({ deployment, balancer, group, database, strike: observed.strike });
  const accidents = drill.accidents.map(async ({ atSeconds, says, happen }) => {
    await sleep(atSeconds * 1_000, undefined, { signal: ending.signal });
    observed.mark(says);
    await happen(scene);
  });
  const options = { begin, take: observed.take, signal: ending.signal };
  await Promise.all([
    sendLoad({ port: balancer.port, load: drill.load }, options),
    sleep(secondsOf(drill) * 1_000),
    ...accidents,
  ]);
  return observed.course();
};
