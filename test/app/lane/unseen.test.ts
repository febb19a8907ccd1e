import { describe, expect, test } from '@jest/globals';
import { type Evaluation, evaluateGroups } from '#app/lane/evaluate-groups.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { done } from '#domain/lane/disposition.ts';
import type { Note } from '#domain/lane/note.ts';
import { damaged } from '#domain/lane/unreadable-group.ts';
import { newScaleHead } from '#domain/ledger/head.ts';
import { aGroup, alarmOf, CPU_HIGH, minutes, NOON } from '#test/support/builders.ts';
import { aHealWorld } from '#test/support/heal-world.ts';
import { aScaleWorld, request } from '#test/support/scale-world.ts';

const two = () => {
  const groups = ['web', 'api'].map((name) =>
    aGroup({ name, autoScalingGroup: `${name}-prod`, rules: [CPU_HIGH] }),
  );
  const made = aScaleWorld(groups);
  made.world.alarms.set(CPU_HIGH.alarm.name, alarmOf(CPU_HIGH));
  return made;
};

describe('a group whose memory cannot be read', () => {
  test('is left as it is and told, while all others go on', async () => {
    const { world, scale } = two();
    world.ledger.damage('web', 'the item HEAD#scale: head.changes is no list');

    const dispositions = await scale(request('web'), request('api'));
    expect(dispositions.map(({ kind }) => kind)).toEqual(['retry', 'done']);
    expect(world.sets).toEqual([{ name: 'api-prod', capacity: 6 }]);
    expect(world.published.filter(({ group }) => group === 'web')).toEqual([
      {
        schemaVersion: 1,
        kind: 'failed',
        decisionId: 'web-capacity-unreadable',
        group: 'web',
        autoScalingGroup: 'web-prod',
        at: NOON,
        reason: 'LedgerUnreadable',
        about: 'capacity',
        summary:
          'web cannot be scaled: what the table holds of it (the item HEAD#scale: head.changes is no list) cannot be read, so it is left as it is. Deploy all functions at one version; if it stays, see LedgerUnreadable in docs/reasons.md',
      },
    ]);
  });

  test('is the same news for an hour', async () => {
    const { world, scale } = two();
    world.ledger.damage('web', 'no');
    for (const minute of [0, 59, 60]) {
      world.now = NOON + minutes(minute);
      await scale(request('web'));
    }

    expect(world.published.map(({ at }) => at)).toEqual([NOON, NOON, NOON + minutes(60)]);
  });

  test('is not acted on when it is damaged between two looks', async () => {
    const { world, scale } = two();
    world.around = async (port, call) => {
      if (port !== 'ledgerWrite') return call();
      world.ledger.damage('web', 'no');
      return false as never;
    };

    const [disposition] = await scale(request('web'));
    expect(disposition).toMatchObject({
      kind: 'retry',
      error: new Error('what is stored of web cannot be read: no'),
    });
    expect(world.sets).toEqual([]);
  });

  test('is a failure all the same when nobody can be told', async () => {
    const notes: Note[] = [];
    const unseen = damaged(aGroup(), 'no');
    const evaluation: Evaluation<Group, Observation> = {
      groupsOf: () => [aGroup()],
      observe: async () => [unseen],
      evaluate: async () => done,
      tellDamage: () => Promise.reject(new Error('the topic is gone')),
      now: () => NOON,
      note: (note) => notes.push(note),
    };

    expect(await evaluateGroups(evaluation, [request('web')])).toEqual([
      { kind: 'retry', error: unseen.error },
    ]);
    expect(notes.map(({ kind }) => kind)).toEqual(['evaluation-failed', 'telling-failed']);
  });
});

describe('a target group that is gone', () => {
  test('holds its group, and tells which one it is', async () => {
    const { world, heal } = aHealWorld();
    world.fail('i-1');
    world.around = async (port, call) => (port === 'readTargets' ? (undefined as never) : call());

    await heal(request('web'));
    world.now += minutes(5);
    await heal(request('web'));
    expect(world.steps).toEqual([]);
    expect(world.published).toMatchObject([{ kind: 'blocked', reason: 'TargetGroupNotFound' }]);
    expect(world.published[0]?.summary).toMatch(/^web cannot be healed: AWS knows no target group/);
  });

  test('is told from one that cannot be asked for, which is tried again', async () => {
    const { world, heal } = aHealWorld();
    world.around = (port, call) =>
      port === 'readTargets' ? Promise.reject(new Error('Rate exceeded')) : call();

    expect(await heal(request('web'))).toMatchObject([
      { kind: 'retry', error: new Error('Rate exceeded') },
    ]);
    expect(world.published).toEqual([]);
  });

  test('whose group also has a damaged memory is not healed, and that is told', async () => {
    const { world, heal } = aHealWorld();
    world.ledger.damage('web', 'no');
    await heal(request('web'));

    expect(world.published).toMatchObject([{ about: 'health', reason: 'LedgerUnreadable' }]);
  });
});

describe('times that a clock a day ahead has written', () => {
  test('hold a group for one cooldown, not for a day', async () => {
    const { world, scale } = two();
    const ahead = { at: NOON + minutes(1_440), from: 2, to: 4 };
    await world.ledger.write('web', {
      ...newScaleHead,
      version: 1,
      lastScaleOut: ahead,
      changes: [ahead],
      expected: 4,
    });

    await scale(request('web'));
    expect(world.sets).toEqual([]);
    expect(world.head()?.lastScaleOut?.at).toBe(NOON);
    expect(world.notesOf('coalesced')[0]?.detail).toMatch(/a clock was wrong/);

    world.now = NOON + minutes(5);
    await scale(request('web'));
    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 6 }]);
  });

  test('do not hold healing either', async () => {
    const { world, heal } = aHealWorld();
    world.fail('i-1');
    await heal(request('web'));
    world.ledger.jump('web', minutes(1_440));
    await heal(request('web'));

    expect(Object.values(world.head()?.sightings ?? {})).toEqual([NOON]);
  });
});
