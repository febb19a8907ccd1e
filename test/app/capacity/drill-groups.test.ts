import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { carryOutCapacity } from '#app/capacity/carry-out-capacity.ts';
import { drillGroups, type ScaleDrillPorts } from '#app/capacity/drill-groups.ts';
import type { ScalePorts } from '#app/capacity/ports.ts';
import { scaleGroups } from '#app/capacity/scale-groups.ts';
import { apartFromDrills } from '#app/lane/apart-from-drills.ts';
import type { DrillHop, DrillMessage, DrillNews } from '#domain/ledger/drill.ts';
import { newScaleHead } from '#domain/ledger/head.ts';
import type { EvaluationMessage } from '#domain/sweep/evaluation-message.ts';
import { indexByRules } from '#domain/sweep/group-index.ts';
import { aGroup, CPU_HIGH, CPU_LOW, minutes, NOON } from '#test/support/builders.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

const DONE = { kind: 'done' };
const DRILL: DrillMessage = {
  kind: 'drill',
  drill: 'drill-1234',
  about: { alarm: CPU_HIGH.alarm.name },
};

/** The world of scale, and what drills leave behind there. */
const aDrillWorld = () => {
  const { world, ports } = aScaleWorld([aGroup(), aGroup({ name: 'bare', rules: [] })]);
  const hops: DrillHop[] = [];
  const news: DrillNews[] = [];
  const { ledger, setCapacity: _set, setPool: _pool, publish: _publish, ...others } = ports;
  const { looks: _looks, ...reads } = others;
  const drillPorts: ScaleDrillPorts = {
    ...reads,
    ledger: { read: ledger.read },
    keepHop: async (hop) => {
      hops.push(hop);
    },
    publishDrill: async (each) => {
      news.push(each);
    },
  };
  const handle = apartFromDrills<EvaluationMessage | DrillMessage>(
    scaleGroups(ports),
    drillGroups(drillPorts),
  );
  return { world, hops, news, drillPorts, handle };
};

/** All that a world of scale was made to do, and remembers. */
const tracesOf = ({ sets, published, ledger }: ReturnType<typeof aDrillWorld>['world']) => ({
  sets,
  published,
  entries: ledger.entries,
  items: ledger.table.items(),
});

describe('a drill of an alarm', () => {
  test('is decided in full, told as a drill, and changes nothing', async () => {
    const { world, hops, news, handle } = aDrillWorld();
    const would = {
      outcome: 'scaled',
      group: 'web',
      autoScalingGroup: 'web-prod',
      reason: 'ScaledOut',
      summary: 'web 4 → 6: cpu-high: cpu > 70 for 5m (in ALARM for 0 s): add 2 to 4 makes 6',
      capacity: { from: 4, to: 6 },
      rule: 'cpu-high',
      bounds: { min: 2, max: 10 },
    };

    expect(await handle([DRILL])).toEqual([DONE]);
    expect(hops).toEqual([
      { drill: 'drill-1234', hop: 'scale', group: 'web', receivedAt: NOON, at: NOON, would },
    ]);
    expect(news).toEqual([{ kind: 'drill', drill: 'drill-1234', at: NOON, would }]);
    expect(tracesOf(world)).toEqual({ sets: [], published: [], entries: [], items: [] });
    expect(world.alarms.get(CPU_HIGH.alarm.name)?.state).toBe('OK');
  });

  test('meets the gates that a real alarm would meet', async () => {
    const { world, hops, handle } = aDrillWorld();
    await handle([turn(world, CPU_HIGH)]);
    world.now += minutes(1);
    turn(world, CPU_HIGH, 'OK');
    await handle([DRILL]);

    expect(hops[0]?.would).toMatchObject({ outcome: 'held', reason: 'CoolingDown' });
  });

  test('that fires already is decided on as it is', async () => {
    const { world, hops, handle } = aDrillWorld();
    turn(world, CPU_HIGH);
    world.now += minutes(2);
    await handle([DRILL]);

    expect(hops[0]?.would?.summary).toContain('in ALARM for 2 min');
  });

  test('that CloudWatch does not have is not made up', async () => {
    const { world, hops, handle } = aDrillWorld();
    world.alarms.delete(CPU_HIGH.alarm.name);
    await handle([DRILL]);

    expect(hops[0]?.would).not.toHaveProperty('capacity');
  });

  test('that no rule is bound to says so, and tells nobody', async () => {
    const { hops, news, handle } = aDrillWorld();
    await handle([{ ...DRILL, about: { alarm: 'another' } }]);
    await handle([{ ...DRILL, about: { group: 'nobody' } }]);

    expect(hops.map(({ detail }) => detail)).toEqual([
      'no deployed rule is bound to the alarm another',
      'no group named nobody is deployed',
    ]);
    expect(news).toEqual([]);
  });
});

test('a drill of a look is decided on what is there, and told to nobody', async () => {
  const { hops, news, handle } = aDrillWorld();

  expect(await handle([{ ...DRILL, about: { group: 'web' } }])).toEqual([DONE]);
  expect(hops).toMatchObject([{ hop: 'scale', group: 'web', would: { outcome: 'held' } }]);
  expect(news).toEqual([]);
});

describe('drills among real messages', () => {
  const message = fc.constantFrom('alarm', 'clear', 'low', 'look', 'drill', 'drill-low');
  type Kind = 'alarm' | 'clear' | 'low' | 'look' | 'drill' | 'drill-low';

  /** Handles the batches, a minute apart, with drills or without. */
  const play = async (batches: readonly (readonly Kind[])[], hasDrills: boolean) => {
    const { world, handle } = aDrillWorld();
    const messages: Readonly<Record<Kind, () => EvaluationMessage | DrillMessage>> = {
      alarm: () => turn(world, CPU_HIGH),
      clear: () => turn(world, CPU_HIGH, 'OK'),
      low: () => turn(world, CPU_LOW),
      look: () => request('web'),
      drill: () => DRILL,
      'drill-low': () => ({ ...DRILL, about: { alarm: CPU_LOW.alarm.name } }),
    };
    const ends: unknown[] = [];
    for (const batch of batches) {
      const kinds = batch.filter((kind) => hasDrills || !kind.startsWith('drill'));
      const dispositions = await handle(kinds.map((kind) => messages[kind]()));
      ends.push(dispositions.filter((_, index) => !kinds[index]?.startsWith('drill')));
      world.now += minutes(1);
    }
    return { ...tracesOf(world), ends };
  };

  test('change nothing of what becomes of those, however they are mixed and repeated', async () => {
    const batches = fc.array(fc.array(message as fc.Arbitrary<Kind>, { maxLength: 6 }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(batches, async (each) => {
        expect(await play(each, true)).toEqual(await play(each, false));
      }),
      { numRuns: 60 },
    );
  });

  test('fail alone, and real messages fail without them', async () => {
    const { world, drillPorts } = aDrillWorld();
    const broken = apartFromDrills<EvaluationMessage | DrillMessage>(
      async (messages) => messages.map(() => DONE as never),
      drillGroups({ ...drillPorts, keepHop: () => Promise.reject(new Error('throttled')) }),
    );
    const alarm = turn(world, CPU_HIGH);
    expect(await broken([DRILL, alarm])).toEqual([
      { kind: 'retry', error: new Error('throttled') },
      DONE,
    ]);

    const failing = apartFromDrills<EvaluationMessage | DrillMessage>(
      () => Promise.reject(new Error('no answer')),
      drillGroups(drillPorts),
    );
    expect(await failing([alarm, DRILL])).toEqual([
      { kind: 'retry', error: new Error('no answer') },
      DONE,
    ]);
  });
});

test('a drill that cannot see its group is tried again', async () => {
  const { world, handle } = aDrillWorld();
  world.ledger.damage('web', 'damaged on purpose');

  expect(await handle([DRILL])).toMatchObject([{ kind: 'retry' }]);
});

test('a drill that cannot see its group holds up no other drill of the batch', async () => {
  const { world, hops, handle } = aDrillWorld();
  world.ledger.damage('web', 'damaged on purpose');
  const other: DrillMessage = { kind: 'drill', drill: 'drill-5678', about: { group: 'bare' } };

  expect(await handle([DRILL, other])).toMatchObject([{ kind: 'retry' }, DONE]);
  expect(hops.map(({ drill, group }) => [drill, group])).toEqual([['drill-5678', 'bare']]);
});

test('the drills of a batch are decided on one reading of their groups', async () => {
  const { world, drillPorts, hops } = aDrillWorld();
  const reads: (readonly string[])[] = [];
  const handle = drillGroups({
    ...drillPorts,
    readGroups: (names) => {
      reads.push(names);
      return drillPorts.readGroups(names);
    },
  });
  const looks = ['web', 'bare', 'web'].map(
    (group): DrillMessage => ({ kind: 'drill', drill: 'drill-9', about: { group } }),
  );
  turn(world, CPU_HIGH);

  expect(await handle([DRILL, ...looks])).toEqual([DONE, DONE, DONE, DONE]);
  expect(hops.map(({ group }) => group)).toEqual(['web', 'web', 'bare', 'web']);
  expect(reads).toHaveLength(1);
});

test('drills whose groups cannot be read are tried again, and one that concerns no group is answered', async () => {
  const { drillPorts, hops } = aDrillWorld();
  const readGroups = () => Promise.reject(new Error('throttled'));
  const handle = drillGroups({ ...drillPorts, readGroups });

  expect(await handle([DRILL, { ...DRILL, about: { group: 'nobody' } }])).toEqual([
    { kind: 'retry', error: new Error('throttled') },
    DONE,
  ]);
  expect(hops).toMatchObject([{ detail: 'no group named nobody is deployed' }]);
});

test('a drill that is told of several groups is decided for each of them that can be seen', async () => {
  const { world, drillPorts, hops } = aDrillWorld();
  const groups = indexByRules([aGroup(), aGroup({ name: 'api' })]);
  world.ledger.damage('web', 'damaged on purpose');
  const handle = drillGroups({ ...drillPorts, groups });

  expect(await handle([DRILL])).toMatchObject([{ kind: 'retry' }]);
  expect(hops.map(({ group }) => group)).toEqual(['api']);
});

test('nothing that acts takes a drill: the compiler refuses it, and the ports of drills only read and say', () => {
  const { drillPorts } = aDrillWorld();
  /** Remove one of the comments, and the types no longer hold. */
  const refused = (ports: ScalePorts, news: Extract<DrillNews, { would: unknown }>) => [
    // @ts-expect-error a drill is no message that asks for an evaluation
    () => scaleGroups(ports)([DRILL]),
    // @ts-expect-error what a drill would do is no decision that can be carried out
    () => carryOutCapacity(ports, { planned: newScaleHead, decision: news.would }),
    // @ts-expect-error nor an outcome that can be published as one
    () => ports.publish(news.would),
    // @ts-expect-error the ports of drills change no group
    () => drillPorts.setCapacity('web-prod', 4),
    // @ts-expect-error and write no head
    () => drillPorts.ledger.write('web', newScaleHead),
  ];

  expect(refused).toHaveLength(2);
  expect(Object.keys(drillPorts.ledger)).toEqual(['read']);
  expect(Object.keys(drillPorts).sort()).toEqual([
    'groups',
    'keepHop',
    'ledger',
    'members',
    'note',
    'now',
    'openingOf',
    'publishDrill',
    'readActivities',
    'readAlarms',
    'readGroups',
    'readMetrics',
    'readObstacles',
    'readPast',
    'readPeers',
    'readPool',
  ]);
});
