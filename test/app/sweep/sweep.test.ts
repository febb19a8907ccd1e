import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type SweepPorts, sweep } from '#app/sweep/sweep.ts';
import { asError } from '#domain/basics/as-error.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { Note } from '#domain/lane/note.ts';
import { type HealHead, newHealHead, newScaleHead, type ScaleHead } from '#domain/ledger/head.ts';
import type { Memory } from '#domain/ledger/memory.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { EvaluationRequest } from '#domain/sweep/evaluation-message.ts';
import type { Instant } from '#domain/time/instant.ts';
import {
  aCapacityDecision,
  aGroup,
  aGroupState,
  aHealth,
  alarmOf,
  anOverride,
  CPU_HIGH,
  CPU_LOW,
  HEALTH_ALARM,
  NOON,
  seconds,
} from '#test/support/builders.ts';
import { SLACK } from '#test/support/notify-world.ts';
import { CPU } from '#test/support/readings.ts';

type World = Readonly<{
  channels?: readonly Channel[];
  /** The table takes no writes. */
  isFull?: boolean;
  /** The queue of notify takes no messages. */
  isNotifyDeaf?: boolean;
  groups?: readonly Group[];
  alarms?: readonly Alarm[];
  states?: Readonly<Record<string, Partial<ReturnType<typeof aGroupState>>>>;
  scaleHeads?: Readonly<Record<string, Partial<ScaleHead>>>;
  overrides?: Readonly<Record<string, Override>>;
  healHeads?: Readonly<Record<string, Partial<HealHead>>>;
  openHeads?: readonly string[] | 'broken';
  /** Groups whose items, in both lanes, cannot be read. */
  damaged?: readonly string[];
  now?: number;
}>;

const run = async ({
  groups = [aGroup()],
  alarms = [],
  states = {},
  scaleHeads = {},
  overrides = {},
  healHeads = {},
  channels = [],
  openHeads = [],
  damaged = [],
  isFull = false,
  isNotifyDeaf = false,
  now = NOON,
}: World) => {
  const damages = damaged.map((name): readonly [string, Memory<never>] => [name, { damage: 'no' }]);
  const asked: Record<string, readonly string[]> = {};
  const sent = { scale: [] as EvaluationRequest[], heal: [] as EvaluationRequest[], flushes: 0 };
  const notes: Note[] = [];
  const recorded: Instant[] = [];
  const ports: SweepPorts = {
    configuration: { groups, alerts: [], channels, routes: [] },
    listGroups: async () => ({ isWhole: true, groups: [] }),
    readAllMemberships: async () => [],
    writeMembership: async () => true,
    publish: async () => undefined,
    readFiringAlarms: async (names) => {
      asked.alarms = names;
      return new Map(alarms.map((alarm) => [alarm.name, alarm]));
    },
    readGroups: async (names) => {
      asked.groups = names;
      return new Map(names.map((name) => [name, aGroupState(states[name])]));
    },
    scaleLedger: {
      read: async () =>
        new Map<string, Memory<ScaleHead>>([
          ...mapOf(scaleHeads, (head) => ({ head: { ...newScaleHead, ...head } })),
          ...mapOf(overrides, (override) => ({ override })),
          ...damages,
        ]),
    },
    healLedger: {
      read: async (names) => {
        asked.healHeads = names;
        return new Map<string, Memory<HealHead>>([
          ...mapOf(healHeads, (head) => ({ head: { ...newHealHead, ...head } })),
          ...damages,
        ]);
      },
    },
    readOpenHeads: async () => {
      if (openHeads === 'broken') throw new Error('no such index');
      return openHeads;
    },
    recordSweep: async (at) => {
      if (isFull) throw new Error('the table takes nothing');
      recorded.push(at);
    },
    requestScaling: async (requests) => {
      await sleep(1);
      sent.scale.push(...requests);
    },
    requestHealing: async (requests) => void sent.heal.push(...requests),
    readAllFiring: async () => [],
    sendShards: async () => undefined,
    requestFlush: async () => {
      if (isNotifyDeaf) throw new Error('no such queue');
      sent.flushes += 1;
    },
    note: (note) => notes.push(note),
    now: () => now,
  };
  const trouble = await sweep(ports)().then(() => undefined, asError);
  if (trouble !== undefined && !isNotifyDeaf) throw trouble;
  return { asked, sent, notes, recorded, trouble };
};

const mapOf = <V, R>(record: Readonly<Record<string, V>>, to: (value: V) => R) =>
  new Map(Object.entries(record).map(([key, value]) => [key, to(value)] as const));

const requestOf = (cause: string, group = 'web') => ({ kind: 'evaluate', group, cause });
const firingFor = (age: number, rule = CPU_HIGH): Alarm => alarmOf(rule, { since: NOON - age });
const inFlightSince = (age: number) => ({
  inFlight: { decision: aCapacityDecision(), claimedAt: NOON - age },
});

describe('a group that wants looks more often', () => {
  const TRACKED = aGroup({
    rules: [
      { kind: 'track', name: 'busy', metric: 'cpu', target: 60, isTotal: false, onMissing: 'hold' },
    ],
  });
  const between = (delaySeconds: number) => ({ ...requestOf('between-minutes'), delaySeconds });
  const sentTo = async (group: Group, world: Partial<World> = {}) =>
    (await run({ ...world, groups: [group] })).sent.scale;

  test.each([
    { everySeconds: 15, delays: [15, 30, 45] },
    { everySeconds: 20, delays: [20, 40] },
    { everySeconds: 30, delays: [30] },
  ])('gets them every $everySeconds s', async ({ everySeconds, delays }) => {
    expect(await sentTo({ ...TRACKED, everySeconds })).toEqual([
      requestOf('minute-passed'),
      ...delays.map(between),
    ]);
  });

  test('gets none of them beyond the first unless it says so', async () => {
    expect(await sentTo(TRACKED)).toEqual([requestOf('minute-passed')]);
  });

  test('gets none when all of its rules wait for alarms', async () => {
    expect(await sentTo(aGroup({ everySeconds: 15 }))).toEqual([]);
  });

  test('gets one more when its value is due, beside that of the minute', async () => {
    const group: Group = { ...TRACKED, metrics: { cpu: CPU }, looksWhenDue: true };
    const scaleHeads = { web: { delays: { cpu: { absentAt: 10, thereAt: 14 } } } };
    const now = NOON + seconds(125);
    expect(await sentTo(group, { scaleHeads, now })).toEqual([
      requestOf('minute-passed'),
      { ...requestOf('value-due'), delaySeconds: 10 },
    ]);
    expect(await sentTo(group, { now })).toEqual([requestOf('minute-passed')]);
    expect(await sentTo(TRACKED, { scaleHeads, now })).toEqual([requestOf('minute-passed')]);

    const overrides = { web: anOverride({ until: now + 1 }) };
    expect(await sentTo(group, { scaleHeads, overrides, now })).toEqual([requestOf('override')]);
  });

  test('gets none while it is paused, or what is stored of it cannot be read', async () => {
    const group = { ...TRACKED, everySeconds: 30 };
    expect(await sentTo(group, { damaged: ['web'], now: NOON + seconds(60) })).toEqual([]);
    expect(
      await sentTo(group, { overrides: { web: anOverride({ until: NOON + seconds(1) }) } }),
    ).toEqual([requestOf('override')]);
  });
});

describe('the sweep', () => {
  test('asks for nothing where nothing is the matter', async () => {
    const { sent, notes } = await run({ alarms: [alarmOf(CPU_HIGH, { state: 'OK' })] });

    expect({ sent, notes }).toEqual({ sent: { scale: [], heal: [], flushes: 0 }, notes: [] });
  });

  test('asks for an evaluation of a group whose alarm fires, and notes it', async () => {
    const { sent, notes } = await run({ alarms: [firingFor(seconds(1))] });

    expect(sent).toMatchObject({ scale: [requestOf('alarm-firing')], heal: [] });
    expect(notes).toEqual([{ kind: 'evaluation-requested', group: 'web', cause: 'alarm-firing' }]);
  });

  test('reads what healing remembers of groups that are healed, and of no other', async () => {
    const groups = [aGroup(), aGroup({ name: 'api', health: aHealth() })];

    expect((await run({ groups })).asked.healHeads).toEqual(['api']);
  });

  test('leaves an alarm alone whose actions an operator has disabled', async () => {
    const { sent } = await run({ alarms: [alarmOf(CPU_HIGH, { actionsEnabled: false })] });

    expect(sent.scale).toEqual([]);
  });

  test('asks when an alarm that was firing has cleared', async () => {
    const { sent } = await run({ scaleHeads: { web: { openAlarms: ['gone'] } } });

    expect(sent.scale).toEqual([requestOf('alarm-cleared')]);
  });

  test('asks for a group outside its bounds', async () => {
    const { sent } = await run({ states: { 'web-prod': { capacityDesired: 1 } } });

    expect(sent.scale).toEqual([requestOf('out-of-bounds')]);
  });

  test.each([
    { age: 60_000, requests: [requestOf('decision-unsettled')] },
    { age: 59_999, requests: [] },
  ])('asks for a plan of $age ms: $requests.length times', async ({ age, requests }) => {
    const { sent } = await run({ scaleHeads: { web: inFlightSince(age) } });

    expect(sent.scale).toEqual(requests);
  });

  test('asks the healer when the health alarm fires or a target was sighted', async () => {
    const groups = [aGroup({ health: aHealth() })];
    const alarm = alarmOf(CPU_HIGH, { name: HEALTH_ALARM });
    const sighted = { web: { sightings: { 'arn i-1:80': NOON } } };

    expect((await run({ groups, alarms: [alarm] })).sent.heal).toEqual([
      requestOf('targets-unhealthy'),
    ]);
    expect((await run({ groups, healHeads: sighted })).sent.heal).toEqual([
      requestOf('targets-unhealthy'),
    ]);
    expect((await run({ groups })).sent.heal).toEqual([]);
  });

  test('reads every group and every alarm once, in one call each', async () => {
    const groups = ['a', 'b'].map((name) =>
      aGroup({ name, autoScalingGroup: `${name}-asg`, health: aHealth() }),
    );
    const { asked } = await run({ groups });

    expect(asked).toEqual({
      groups: ['a-asg', 'b-asg'],
      healHeads: ['a', 'b'],
      alarms: [CPU_HIGH.alarm.name, CPU_LOW.alarm.name, HEALTH_ALARM],
    });
  });
});

describe('an alarm whose message never arrived', () => {
  const missed = ({ notes }: Awaited<ReturnType<typeof run>>) =>
    notes.filter(({ kind }) => kind === 'missed-notification');

  test.each([
    { age: 119, count: 0 },
    { age: 120, count: 1 },
    { age: 899, count: 1 },
    { age: 900, count: 0 },
  ])('is reported $count times when it has been firing for $age s', async ({ age, count }) => {
    expect(missed(await run({ alarms: [firingFor(seconds(age))] }))).toHaveLength(count);
  });

  test('is reported with its age', async () => {
    const [note] = missed(await run({ alarms: [firingFor(seconds(150))] }));

    expect(note).toEqual({
      kind: 'missed-notification',
      group: 'web',
      alarm: CPU_HIGH.alarm.name,
      forSeconds: 150,
    });
  });

  test('is not reported when it was heard', async () => {
    const heads = { web: { heardAlarms: [CPU_HIGH.alarm.name] } };
    const result = await run({ alarms: [firingFor(seconds(150))], scaleHeads: heads });

    expect(missed(result)).toEqual([]);
  });
});

describe('what waits to be told', () => {
  test('is called for each minute, if anybody can be told', async () => {
    expect((await run({ channels: [SLACK] })).sent.flushes).toBe(1);
    expect((await run({})).sent.flushes).toBe(0);
  });

  test('may not be called for: the groups are looked at all the same, before the invocation ends in an error', async () => {
    const alarms = [firingFor(seconds(1))];
    const { sent, trouble } = await run({ alarms, channels: [SLACK], isNotifyDeaf: true });

    expect(sent.scale).toEqual([requestOf('alarm-firing')]);
    expect(trouble).toEqual(new Error('no such queue'));
  });
});

describe('groups that left the configuration while targets of theirs were out', () => {
  test('are found, and so are those whose health left it; the others are looked at anyway', async () => {
    const groups = [aGroup(), { ...aGroup({ name: 'api' }), health: aHealth() }];
    const { sent } = await run({ groups, openHeads: ['web', 'api', 'gone'] });

    expect(sent.heal).toEqual([requestOf('left-behind'), requestOf('left-behind', 'gone')]);
  });

  test('do not hold up the others when they cannot be looked for', async () => {
    const { sent, notes } = await run({ alarms: [firingFor(seconds(1))], openHeads: 'broken' });

    expect(sent.scale).toEqual([requestOf('alarm-firing')]);
    expect(notes).toContainEqual({
      kind: 'look-failed',
      group: 'groups left behind',
      error: new Error('no such index'),
    });
  });
});

describe('a group whose memory cannot be read', () => {
  const groups = [
    aGroup({ rules: [CPU_HIGH], health: aHealth() }),
    aGroup({ name: 'api', autoScalingGroup: 'api-prod', rules: [CPU_HIGH] }),
  ];
  const alarms = [firingFor(seconds(300))];

  test('is looked at every ten minutes, so that people are told, and others as always', async () => {
    const { sent, notes } = await run({ groups, alarms, damaged: ['web'] });

    expect(sent.scale).toEqual([requestOf('ledger-unreadable'), requestOf('alarm-firing', 'api')]);
    expect(sent.heal).toEqual([requestOf('ledger-unreadable')]);
    expect(notes.filter(({ kind }) => kind === 'missed-notification')).toMatchObject([
      { group: 'api' },
    ]);
  });

  test('is left to the next ten minutes in between', async () => {
    const now = NOON + seconds(60);
    const { sent } = await run({ groups, alarms, damaged: ['web', 'api'], now });

    expect([sent.scale, sent.heal]).toEqual([[], []]);
  });
});

test('a group is looked at whose memory has times that are far ahead', async () => {
  const ahead = { at: NOON + seconds(86_400), from: 2, to: 4 };
  const { sent } = await run({
    groups: [aGroup({ rules: [CPU_HIGH], health: aHealth() })],
    scaleHeads: { web: { lastScaleOut: ahead, expected: 4 } },
    healHeads: { web: { removals: [ahead.at] } },
  });

  expect([sent.scale, sent.heal]).toEqual([[requestOf('times-ahead')], [requestOf('times-ahead')]]);
});

describe('the time of the sweep', () => {
  test('is written down once all is requested', async () => {
    const { recorded } = await run({ alarms: [firingFor(seconds(1))] });

    expect(recorded).toEqual([NOON]);
  });

  test('holds up no request when it cannot be written', async () => {
    const { sent, notes } = await run({ alarms: [firingFor(seconds(1))], isFull: true });

    expect(sent.scale).toEqual([requestOf('alarm-firing')]);
    expect(notes.at(-1)).toEqual({
      kind: 'look-failed',
      group: 'the time of the sweep',
      error: new Error('the table takes nothing'),
    });
  });
});
