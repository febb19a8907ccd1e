import { expect, test } from '@jest/globals';
import { acknowledgeDrills } from '#app/lane/acknowledge-drills.ts';
import { noteDrillNews } from '#app/notify/note-drill-news.ts';
import { notifyOperators } from '#app/notify/notify-operators.ts';
import type { DrillHop, DrillNews } from '#domain/ledger/drill.ts';
import { NOON } from '#test/support/builders.ts';
import { aNotifyWorld, anOutcome } from '#test/support/notify-world.ts';

const DONE = { kind: 'done' };
const NEWS: DrillNews = {
  kind: 'drill',
  drill: 'drill-1234',
  at: NOON,
  would: {
    outcome: 'scaled',
    group: 'web',
    autoScalingGroup: 'web-prod',
    reason: 'ScaledOut',
    summary: 'web 4 → 6',
    capacity: { from: 4, to: 6 },
  },
};

test('the news of a drill leaves its trace, and is told once however often it comes', async () => {
  const { world, ports } = aNotifyWorld();
  const hops: DrillHop[] = [];
  const keepHop = async (hop: DrillHop): Promise<void> => {
    hops.push(hop);
  };
  const tell = noteDrillNews({ keepHop, note: ports.note, now: ports.now }, notifyOperators(ports));

  expect(await tell([NEWS, anOutcome()])).toEqual([DONE, DONE]);
  expect(await tell([{ ...NEWS, at: NOON + 1 }])).toEqual([DONE]);
  expect(hops[0]).toEqual({
    drill: 'drill-1234',
    hop: 'notify',
    group: 'web',
    receivedAt: NOON,
    at: NOON,
  });
  expect(world.sent('ops').filter((each) => each.includes('drill-1234'))).toHaveLength(1);
});

test('a trace that cannot be written holds up no news', async () => {
  const { world, ports } = aNotifyWorld();
  const keepHop = () => Promise.reject(new Error('throttled'));
  const tell = noteDrillNews({ keepHop, note: ports.note, now: ports.now }, notifyOperators(ports));
  const ofChannel: DrillNews = { kind: 'drill', drill: 'drill-5678', at: NOON + 1, channel: 'ops' };

  expect(await tell([anOutcome(), ofChannel])).toEqual([DONE, DONE]);
  expect(world.sent('ops')).toEqual(['send ops web-17', 'send ops drill-5678']);
  expect(world.notes).toContainEqual({
    kind: 'look-failed',
    group: 'the drill drill-5678',
    error: new Error('throttled'),
  });
});

test('the marked message of an alarm leaves its trace, and nothing else', async () => {
  const hops: DrillHop[] = [];
  const keepHop = async (hop: DrillHop): Promise<void> => {
    hops.push(hop);
  };
  const handle = acknowledgeDrills({ keepHop, now: () => NOON }, 'heal');

  expect(
    await handle([{ kind: 'drill', drill: 'drill-1234', about: { alarm: 'web-cpu-high' } }]),
  ).toEqual([DONE]);
  expect(hops).toEqual([{ drill: 'drill-1234', hop: 'heal', receivedAt: NOON, at: NOON }]);
});
