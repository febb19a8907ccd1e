import { describe, expect, test } from '@jest/globals';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { narrowedBoundsOf } from '#domain/capacity/narrowed-bounds.ts';
import { heldHead, isWorthKeeping } from '#domain/capacity/next-scale-head.ts';
import type { GroupObservation } from '#domain/capacity/observation.ts';
import { fullMinimum, isStandbyNews, nextStandby } from '#domain/capacity/standby.ts';
import { standbyNews } from '#domain/capacity/standby-news.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { describePeer } from '#domain/configuration/standby.ts';
import type { StandbyMemory } from '#domain/ledger/standby-memory.ts';
import { type SeenPeer, seenPeerOf } from '#domain/observed/peer.ts';
import {
  aGroup,
  aGroupState,
  anInstance,
  anObservation,
  aScaleHead,
  minutes,
  NOON,
  seconds,
  someInstances,
} from '#test/support/builders.ts';

const PEER = 'eu-west-1/web';
const GROUP: Group = aGroup({
  standby: { of: { region: 'eu-west-1', autoScalingGroup: 'web' }, minPercent: 60 },
});
const AWAY: SeenPeer = { unreadable: 'TimeoutError: no answer' };
const WHOLE: SeenPeer = { desired: 10, inService: 10 };

type Scene = Readonly<{
  peer?: SeenPeer;
  standby?: StandbyMemory;
  now?: number;
  group?: Group;
}>;

const observe = ({ peer, standby, now = NOON, group = GROUP }: Scene): GroupObservation => ({
  ...anObservation({ group, head: aScaleHead(standby === undefined ? {} : { standby }) }),
  now,
  ...(peer === undefined ? {} : { peer }),
});

const KNOWN: StandbyMemory = { of: PEER, whole: 10 };

/** The memory after looks, each so many seconds after the begin. */
const remembered = (
  looks: readonly (readonly [second: number, peer: SeenPeer])[],
  begin: StandbyMemory = KNOWN,
): StandbyMemory | undefined =>
  looks.reduce<StandbyMemory | undefined>(
    (standby, [second, peer]) =>
      nextStandby(
        observe({
          peer,
          now: NOON + seconds(second),
          ...(standby === undefined ? {} : { standby }),
        }),
      ),
    begin,
  );

/** The minimum after these looks. */
const minimumAfter = (looks: readonly (readonly [number, SeenPeer])[], begin = KNOWN): number => {
  const before = remembered(looks.slice(0, -1), begin);
  const [second = 0, peer = WHOLE] = looks.at(-1) ?? [];
  const observation = observe({
    peer,
    now: NOON + seconds(second),
    ...(before === undefined ? {} : { standby: before }),
  });
  return narrowedBoundsOf(observation).min;
};

const every = (step: number, from: number, to: number, peer: SeenPeer) =>
  Array.from(
    { length: Math.floor((to - from) / step) + 1 },
    (_, index) => [from + step * index, peer] as const,
  );

const RAISED = remembered(every(60, 0, 180, AWAY)) ?? KNOWN;

describe('the whole of a peer', () => {
  test.each([
    ['what it has of what it wants, at first', undefined, { desired: 10, inService: 8 }, 8],
    ['what it had, while some are away', KNOWN, { desired: 10, inService: 7 }, 10],
    ['more as it scales out', KNOWN, { desired: 25, inService: 14 }, 14],
    ['less as it scales in', KNOWN, { desired: 6, inService: 10 }, 6],
    ['none of a peer that wants none', KNOWN, { desired: 0, inService: 0 }, 0],
  ])('is %s', (_title, standby, peer, whole) => {
    expect(nextStandby(observe({ peer, ...(standby ? { standby } : {}) }))).toEqual({
      of: PEER,
      whole,
    });
  });

  test('is that of the peer in the file, and of none before it', () => {
    const standby = { of: 'web-b', whole: 40 };
    expect(nextStandby(observe({ peer: WHOLE, standby }))).toEqual(KNOWN);
  });

  test('is kept by a look at which nobody asked', () => {
    expect(nextStandby(observe({ standby: RAISED }))).toEqual(RAISED);
    expect(nextStandby(observe({}))).toBeUndefined();
  });

  test('is forgotten by a group that stands in for nobody', () => {
    expect(nextStandby(observe({ peer: WHOLE, standby: RAISED, group: aGroup() }))).toBeUndefined();
  });
});

describe('a raised minimum', () => {
  test.each([
    ['2:59', every(60, 0, 120, AWAY).concat([[179, AWAY]]), 2],
    ['3:00', every(60, 0, 180, AWAY), 6],
  ])('waits for three minutes of impairment: %s', (_title, looks, min) => {
    expect(minimumAfter(looks)).toBe(min);
  });

  test.each([
    ['two looks', [0, 600], 2],
    ['three looks', [0, 300, 600], 6],
    ['three within half a minute of each other', [0, 29, 58, 180], 6],
    ['two, and one that came too soon', [0, 160, 189], 2],
  ])('waits for three looks, half a minute apart: %s', (_title, at, min) => {
    expect(minimumAfter(at.map((second) => [second, AWAY] as const))).toBe(min);
  });

  test('needs one look after the other: a good one between begins anew', () => {
    const looks = [...every(60, 0, 120, AWAY), [150, WHOLE] as const, ...every(60, 180, 300, AWAY)];
    expect(minimumAfter(looks)).toBe(2);
  });

  test.each([
    ['has less than its share', { desired: 10, inService: 5 }, 6],
    ['has its share', { desired: 10, inService: 6 }, 2],
    ['scales out from its share', { desired: 30, inService: 6 }, 2],
    ['has shrunk on purpose', { desired: 4, inService: 3 }, 2],
    ['has shrunk on purpose, and lost half of the rest', { desired: 4, inService: 2 }, 6],
  ])('is asked for by a peer that %s', (_title, peer, min) => {
    expect(minimumAfter(every(60, 0, 180, peer), KNOWN)).toBe(min);
  });

  test('needs looks without a long gap: nobody knows how the peer was while nobody looked', () => {
    const before = [
      [0, AWAY],
      [60, AWAY],
    ] as const;
    expect(minimumAfter([...before, [360, AWAY]])).toBe(6);
    expect(minimumAfter([...before, [361, AWAY]])).toBe(2);
    expect(minimumAfter([...before, ...every(60, 400, 520, AWAY)])).toBe(2);
    expect(minimumAfter([...before, ...every(60, 400, 580, AWAY)])).toBe(6);
    // Three looks that were not far enough apart count as little after it.
    expect(minimumAfter([...every(60, 0, 120, AWAY), [3_000, AWAY]])).toBe(2);
  });

  test('is not learned from a peer that is in trouble when it is first seen', () => {
    const few: SeenPeer = { desired: 20, inService: 4 };

    expect(remembered([[0, few]], { of: PEER, whole: 0 })).toMatchObject({ whole: 0 });
    expect(remembered([[0, { desired: 20, inService: 12 }]], { of: PEER, whole: 0 })).toEqual({
      of: PEER,
      whole: 12,
    });
  });

  test('is asked for by no peer that was never seen well', () => {
    expect(minimumAfter(every(60, 0, 600, AWAY), { of: PEER, whole: 0 })).toBe(2);
  });

  test('is named, and lies within the maximum of the group', () => {
    const standby = { ...RAISED, whole: 100 };
    expect(narrowedBoundsOf(observe({ peer: AWAY, standby, now: NOON + minutes(4) }))).toEqual({
      min: 10,
      max: 10,
      minBy: 'the standby for eu-west-1/web',
    });
  });

  test('is less than none of the own minimum', () => {
    const standby = { ...RAISED, whole: 1 };
    expect(narrowedBoundsOf(observe({ peer: AWAY, standby }))).toEqual({ min: 2, max: 10 });
  });

  test('corrects the group like any other minimum', () => {
    expect(
      decideCapacity(observe({ peer: AWAY, standby: RAISED, now: NOON + minutes(4) })),
    ).toMatchObject({
      from: 4,
      to: 6,
      reason: 'BelowMinimum',
      bounds: { min: 6, max: 10 },
      summary: 'web 4 → 6: 4 is below the minimum of 6 of the standby for eu-west-1/web',
    });
  });

  test.each([
    [10, 60, 6],
    [11, 60, 7],
    [1_000, 1.1, 11],
  ])('of %i, %f %% are %i', (whole, minPercent, least) => {
    const of = { autoScalingGroup: 'web' };
    expect(fullMinimum({ whole }, { of, minPercent })).toBe(least);
  });
});

describe('the release', () => {
  const well = (to: number) => every(60, 240, 240 + to, WHOLE);

  test.each([
    ['all until the peer has been well for ten minutes', 540, 6],
    ['a tenth less after that', 600, 6],
    ['a tenth less each minute', 660, 5],
    ['a tenth in the end', 1_080, 2],
  ])('leaves %s', (_title, second, min) => {
    expect(minimumAfter(well(second), RAISED)).toBe(min);
  });

  test('is over after nineteen minutes, and only then is more learned of the peer', () => {
    const grown: SeenPeer = { desired: 30, inService: 30 };
    const looks = every(60, 240, 240 + 1_080, grown);
    expect(remembered(looks, RAISED)).toMatchObject({ whole: 10, raised: { wellSeconds: 1_080 } });
    expect(remembered([...looks, [240 + 1_140, grown]], RAISED)).toEqual({ of: PEER, whole: 30 });
  });

  test('stands still while the peer cannot be read, and goes on after a lost look', () => {
    const half = remembered(well(720), RAISED);
    expect(half?.raised).toMatchObject({ wellSeconds: 720 });
    const lost = remembered([[1_020, AWAY]], half);
    expect(lost?.raised).toEqual({ since: NOON + seconds(180), wellSeconds: 720 });
    expect(remembered([[1_080, WHOLE]], lost)?.raised?.wellSeconds).toBe(720);
    expect(
      remembered(
        [
          [1_080, WHOLE],
          [1_140, WHOLE],
        ],
        lost,
      )?.raised?.wellSeconds,
    ).toBe(780);
  });

  test('begins anew when the peer is impaired again for three minutes', () => {
    const half = remembered(well(720), RAISED);
    const again = remembered(every(60, 1_020, 1_200, AWAY), half);
    expect(again?.raised).toEqual({ since: NOON + seconds(180), wellSeconds: 0 });
  });

  test('counts looks half a minute apart, and no gap for longer than two minutes', () => {
    const first = remembered([[240, WHOLE]], RAISED);
    expect(remembered([[269, WHOLE]], first)).toEqual(first);
    expect(remembered([[270, WHOLE]], first)?.raised?.wellSeconds).toBe(30);
    expect(remembered([[360, WHOLE]], first)?.raised?.wellSeconds).toBe(120);
    expect(remembered([[3_600, WHOLE]], first)?.raised?.wellSeconds).toBe(120);
  });
});

describe('news of a standby', () => {
  const seen = (scene: Scene) =>
    standbyNews(observe(scene)).map(({ kind, reason, decisionId, summary }) =>
      [kind, reason, decisionId, summary].join(' | '),
    );
  const almost = remembered(every(60, 0, 120, AWAY)) ?? KNOWN;

  test('is told once when it begins', () => {
    const begins = { peer: AWAY, standby: almost, now: NOON + seconds(180) };
    expect(seen(begins)).toEqual([
      'override | StandbyBegan | web-standby-1 | web stands in for eu-west-1/web, which cannot be read (TimeoutError: no answer): as far as its maximum allows, its minimum is 6 until eu-west-1/web has been well for 10 minutes, and then falls slowly. When it was well, eu-west-1/web had 10',
    ]);
    const observation = observe(begins);
    const head = heldHead(observation, decideCapacity(observation));
    expect(head.standby).toEqual(RAISED);
    expect(head.untold.map(({ reason }) => reason)).toEqual(['StandbyBegan']);
    expect(seen({ ...begins, standby: RAISED, now: NOON + seconds(240) })).toEqual([]);
  });

  test('says what a peer has that can be read', () => {
    const [told = ''] = seen({
      peer: { desired: 10, inService: 2 },
      standby: almost,
      now: NOON + seconds(180),
    });
    expect(told).toContain('which has 2 of 10 in service:');
  });

  test('is told once when it ends', () => {
    const nearly = remembered(every(60, 240, 240 + 1_080, WHOLE), RAISED);
    const ends = { peer: WHOLE, now: NOON + seconds(240 + 1_140), standby: nearly ?? KNOWN };
    expect(seen(ends)).toEqual([
      'override | StandbyEnded | web-standby-ended-1 | web stands in for eu-west-1/web no longer: eu-west-1/web is well again',
    ]);
    expect(seen({ ...ends, standby: KNOWN })).toEqual([]);
  });

  test('is told when the file names no peer any more, or another one', () => {
    const removed = { standby: RAISED, group: aGroup() };
    const end =
      'web stands in for eu-west-1/web no longer: tidegate.yml does not ask for it any more';
    expect(seen(removed)).toEqual([`override | StandbyEnded | web-standby-ended-1 | ${end}`]);
    const of = { autoScalingGroup: 'web-b' };
    const other = { ...removed, group: aGroup({ standby: { of, minPercent: 60 } }), peer: WHOLE };
    expect(seen(other)).toEqual([`override | StandbyEnded | web-standby-ended-1 | ${end}`]);
  });

  test('is kept by the head, and nothing is written while nothing changes', () => {
    const keeps = (scene: Scene): boolean => {
      const observation = observe(scene);
      return isWorthKeeping(observation, decideCapacity(observation));
    };
    expect(keeps({ peer: WHOLE, standby: KNOWN })).toBe(false);
    expect(keeps({ peer: AWAY, standby: KNOWN })).toBe(true);
    expect(isStandbyNews(observe({ peer: WHOLE }))).toBe(true);
    expect(isStandbyNews(observe({ standby: RAISED, group: aGroup() }))).toBe(true);
    expect(isStandbyNews(observe({ group: aGroup() }))).toBe(false);
  });
});

describe('a peer', () => {
  test('is counted by units in service', () => {
    const instances = [
      ...someInstances(3, 1),
      anInstance({ id: 'i-8', weight: 2 }),
      anInstance({ id: 'i-9', lifecycleState: 'Standby' }),
    ];
    expect(seenPeerOf(aGroupState({ capacityDesired: 5, instances }))).toEqual({
      desired: 5,
      inService: 4,
    });
  });

  test('that AWS does not know tells nothing', () => {
    expect(seenPeerOf(undefined)).toEqual({
      unreadable: 'AWS knows no Auto Scaling group of that name there',
    });
  });

  test('is written with its Region, if it has one', () => {
    expect(describePeer({ region: 'eu-west-1', autoScalingGroup: 'web' })).toBe('eu-west-1/web');
    expect(describePeer({ autoScalingGroup: 'web' })).toBe('web');
  });
});
