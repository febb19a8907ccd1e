import { expect, test } from '@jest/globals';
import { observeStatus, type StatusReads } from '#app/status/observe-status.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { GroupStatus } from '#domain/status/group-status.ts';
import type { Instant } from '#domain/time/instant.ts';
import { openingOf } from '#schedule/opening-of.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { simulatedAccount } from '#test/support/simulated-account.ts';
import { dayConfiguration, watchDay } from '#test/support/watched-day.ts';

const configuration = dayConfiguration();

const readsOf = async (cloud: Cloud, now: () => Instant): Promise<StatusReads> => {
  const reads = await simulatedAccount(cloud, now).readsIn({
    table: 'tidegate-dev',
    deployment: 'tidegate-dev',
  });
  return {
    ...reads,
    scale: { ...reads.scale, openingOf, note: () => {}, now },
    heal: { ...reads.heal, now },
  };
};

/** The observation of a group, without the time and its memory, as text. */
const worldOf = async (reads: StatusReads, name: string): Promise<string> => {
  const group = configuration.groups.find((each) => each.name === name);
  if (group === undefined) throw new Error(`there is no group ${name}`);
  const [states, alarms, metrics] = await Promise.all([
    reads.scale.readGroups([group.autoScalingGroup]),
    reads.scale.readAlarms(alarmsOf(group.rules)),
    reads.scale.readMetrics(
      Object.values(group.metrics).map((metric) => ({ metric, lookbackSeconds: 240 })),
    ),
  ]);
  return JSON.stringify([[...states], [...alarms], metrics]);
};

/** A sentence without its ages, which go on. */
const ageless = (text: string): string =>
  text.replace(/\d+ (?:d|h|min|s)\b(?: \d+ (?:h|min|s)\b)?/g, 'a while');

type Forecast = Readonly<{ world: string; status: GroupStatus }>;
type Made = Readonly<{ decision: CapacityDecision; world: Promise<string>; at: Instant }>;
type Compared = Readonly<{ forecast: Forecast; made: Made }>;

/**
 * Nothing new was seen or remembered in between (an id counts the writes of the memory), and no gate let go in
 * between, as the forecast knew it would.
 */
const isComparable = async ({ forecast, made }: Compared): Promise<boolean> =>
  forecast.status.next.id === made.decision.id &&
  forecast.world === (await made.world) &&
  forecast.status.gates.every(({ until = made.at + 1 }) => until > made.at);

const saidBy = ({ status: { next } }: Forecast) => ({ ...next, summary: ageless(next.summary) });
const didBy = ({ decision }: Made) => {
  const { id, from, to, wanted, reason, summary } = decision;
  return { id, from, to, wanted, reason, summary: ageless(summary) };
};

/** Runs the day; before each look of a minute it asks what the look will decide. */
const compareAll = async (): Promise<readonly Compared[]> => {
  const forecasts = new Map<string, Forecast>();
  const pairs: Compared[] = [];
  await watchDay({
    onMinute: async (cloud, now) => {
      const reads = await readsOf(cloud, () => now);
      const { groups } = await observeStatus(reads, configuration, configuration.groups);
      for (const status of groups) {
        if ('unseen' in status) throw new Error(status.unseen);
        forecasts.set(status.group, { status, world: await worldOf(reads, status.group) });
        // Somebody asks for a look, as the sweep does.
        const request = { kind: 'evaluate', group: status.group, cause: 'minute-passed' };
        cloud.queues.scale.send(JSON.stringify(request));
      }
    },
    onDecision: (decision, cloud, now) => {
      const forecast = forecasts.get(decision.group);
      if (forecast === undefined || decision.kind !== 'capacity') return;
      forecasts.delete(decision.group);
      const world = readsOf(cloud, () => now).then((reads) => worldOf(reads, decision.group));
      pairs.push({ forecast, made: { decision, world, at: now } });
    },
  });
  return pairs;
};

test('in every minute of a day in which nothing new is seen, status says what the next look decides', async () => {
  const pairs: Compared[] = [];
  for (const pair of await compareAll()) if (await isComparable(pair)) pairs.push(pair);
  const said = pairs.map(({ forecast }) => saidBy(forecast));
  const did = pairs.map(({ made }) => didBy(made));

  expect(said).toEqual(did);
  // Of 2,880 minutes of two groups.
  expect(pairs.length).toBeGreaterThan(2_300);
  expect(did.filter(({ from, to }) => from !== to).length).toBeGreaterThan(15);
  expect(did.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(['Steady', 'ScaledOut', 'ScaledIn', 'ScaleDownStabilized']),
  );
}, 120_000);
