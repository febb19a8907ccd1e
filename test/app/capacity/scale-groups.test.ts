import { describe, expect, test } from '@jest/globals';
import {
  aGroup,
  anAlarmRule,
  CPU_HIGH,
  CPU_LOW,
  minutes,
  NOON,
  seconds,
} from '#test/support/builders.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

const DONE = { kind: 'done' };

describe('an alarm that fires', () => {
  test('changes the group, tells it and settles it', async () => {
    const { world, scale } = aScaleWorld();
    const dispositions = await scale(turn(world, CPU_HIGH));

    expect(dispositions).toEqual([DONE]);
    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 6 }]);
    expect(world.published).toEqual([
      {
        schemaVersion: 1,
        kind: 'scaled',
        decisionId: 'web-1',
        group: 'web',
        autoScalingGroup: 'web-prod',
        at: NOON,
        about: 'capacity',
        reason: 'ScaledOut',
        summary: 'web 4 → 6: cpu-high: cpu > 70 for 5m (in ALARM for 0 s): add 2 to 4 makes 6',
        capacity: { from: 4, to: 6 },
        rule: 'cpu-high',
        wishes: [{ rule: 'cpu-high', capacity: 6 }],
        bounds: { min: 2, max: 10 },
      },
    ]);
    expect(world.head()).toEqual({
      version: 2,
      last: { id: 'web-1', signature: 'scaled ScaledOut 4 6' },
      lastScaleOut: { at: NOON, from: 4, to: 6, rule: 'cpu-high' },
      changes: [{ at: NOON, from: 4, to: 6, rule: 'cpu-high' }],
      wishes: [],
      expected: 6,
      openAlarms: [CPU_HIGH.alarm.name],
      heardAlarms: [CPU_HIGH.alarm.name],
      untold: [],
    });
  });

  test('is planned before it is done, and settled after it is told', async () => {
    const { world, scale } = aScaleWorld();
    await scale(turn(world, CPU_HIGH));

    expect(world.calls.slice(3)).toEqual(['ledgerWrite', 'set', 'publish', 'ledgerWrite']);
    expect(world.ledger.entries.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'open planned',
      'close applied',
    ]);
  });

  test('says how long after the alarm the group was changed', async () => {
    const { world, scale } = aScaleWorld();
    const message = turn(world, CPU_HIGH);
    world.now = NOON + 700;
    await scale(message);

    expect(world.notesOf('settled').map(({ sinceAlarmMs }) => sinceAlarmMs)).toEqual([700]);
  });

  test('and cleared before it was looked at changes nothing', async () => {
    const { world, scale } = aScaleWorld();
    const message = turn(world, CPU_HIGH);
    turn(world, CPU_HIGH, 'OK');

    expect(await scale(message)).toEqual([DONE]);
    expect({ sets: world.sets, published: world.published }).toEqual({ sets: [], published: [] });
  });

  test('and says so twice changes the group once', async () => {
    const { world, scale } = aScaleWorld();
    const message = turn(world, CPU_HIGH);
    await scale(message);
    await scale(message);

    expect(world.sets).toHaveLength(1);
    expect(world.published.map(({ kind }) => kind)).toEqual(['scaled', 'held']);
  });

  test('for longer than the cooldown changes the group again, by the sweep', async () => {
    const { world, scale } = aScaleWorld();
    await scale(turn(world, CPU_HIGH));
    world.now = NOON + seconds(179);
    await scale(request('web'));
    world.now = NOON + seconds(180);
    await scale(request('web'));

    expect(world.sets.map(({ capacity }) => capacity)).toEqual([6, 8]);
  });
});

describe('a batch', () => {
  test('evaluates a group once, however many messages name it', async () => {
    const { world, scale } = aScaleWorld();
    const high = turn(world, CPU_HIGH);
    const dispositions = await scale(high, turn(world, CPU_LOW, 'OK'), request('web'), high);

    expect(dispositions).toEqual([DONE, DONE, DONE, DONE]);
    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 6 }]);
  });

  test('reads all its groups in one call each', async () => {
    const groups = ['a', 'b', 'c'].map((name) => aGroup({ name, autoScalingGroup: `${name}-asg` }));
    const { world, scale } = aScaleWorld(groups);
    await scale(request('a'), request('b'), request('c'));

    expect(world.calls).toEqual(['readGroups', 'readAlarms', 'ledgerRead']);
  });

  test('reads nothing when no message is about a group of ours', async () => {
    const { world, scale } = aScaleWorld();
    const stranger = { ...turn(world, CPU_HIGH), name: 'billing' };

    expect(await scale(stranger, request('gone'))).toEqual([DONE, DONE]);
    expect(world.calls).toEqual([]);
    expect(world.notes).toEqual([
      { kind: 'ignored', subject: 'billing', detail: 'nothing is bound to this alarm' },
      { kind: 'ignored', subject: 'gone', detail: 'no such group is configured' },
    ]);
  });

  test('of an alarm that several groups share evaluates each of them', async () => {
    const shared = anAlarmRule('busy');
    const groups = ['a', 'b'].map((name) =>
      aGroup({ name, autoScalingGroup: `${name}-asg`, rules: [shared] }),
    );
    const { world, scale } = aScaleWorld(groups);
    await scale(turn(world, shared));

    expect(world.sets).toEqual([
      { name: 'a-asg', capacity: 6 },
      { name: 'b-asg', capacity: 6 },
    ]);
  });

  test('retries the messages of a group that fails, and only those', async () => {
    const groups = ['a', 'b'].map((name) => aGroup({ name, autoScalingGroup: `${name}-asg` }));
    const { world, scale } = aScaleWorld(groups);
    turn(world, CPU_HIGH);
    const error = new Error('socket hang up');
    world.around = async (port, call) => {
      const isFirst = port === 'set' && world.sets.length === 0;
      const result = await call();
      if (isFirst) throw error;
      return result;
    };

    expect(await scale(request('a'), request('b'))).toEqual([{ kind: 'retry', error }, DONE]);
    expect(world.notesOf('evaluation-failed')).toEqual([
      { kind: 'evaluation-failed', group: 'a', error },
    ]);
    expect(world.head('b')?.inFlight).toBeUndefined();
  });

  test('fails as a whole when nothing can be read', async () => {
    const { world, scale } = aScaleWorld();
    world.around = () => Promise.reject(new Error('Rate exceeded'));

    await expect(scale(request('web'))).rejects.toThrow('Rate exceeded');
  });
});

describe('a group that holds', () => {
  test('is recorded and told once, not at every look', async () => {
    const { world, scale } = aScaleWorld();
    await scale(turn(world, CPU_HIGH));
    for (const minute of [1, 2]) {
      world.now = NOON + minutes(minute);
      await scale(request('web'));
    }

    expect(world.published.map(({ reason }) => reason)).toEqual(['ScaledOut', 'CoolingDown']);
    expect(world.notesOf('decided').map(({ isRecorded }) => isRecorded)).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('writes nothing when it holds as before', async () => {
    const { world, scale } = aScaleWorld();
    await scale(request('web'));

    expect(world.calls).toEqual(['readGroups', 'readAlarms', 'ledgerRead']);
  });

  test('writes that an alarm was heard, when the sweep had found it first', async () => {
    const { world, scale } = aScaleWorld();
    const message = turn(world, CPU_HIGH);
    await scale(request('web'));
    expect(world.head()?.heardAlarms).toEqual([]);

    world.now = NOON + seconds(61);
    await scale(request('web'));
    await scale(message);
    expect(world.head()?.heardAlarms).toEqual([CPU_HIGH.alarm.name]);
  });

  test('is told again when telling failed, and then forgotten', async () => {
    const { world, scale } = aScaleWorld();
    world.change('web-prod', { isManaged: false });
    turn(world, CPU_HIGH);
    world.around = (port, call) =>
      port === 'publish' ? Promise.reject(new Error('no topic')) : call();
    await scale(request('web'));
    expect(world.head()?.untold.map(({ reason }) => reason)).toEqual(['NotManaged']);

    world.around = (_port, call) => call();
    await scale(request('web'));
    expect(world.published.map(({ reason }) => reason)).toEqual(['NotManaged']);
    expect(world.head()?.untold).toEqual([]);
  });
});

describe('a group that AWS does not know', () => {
  test('is told of once', async () => {
    const { world, scale } = aScaleWorld();
    world.states.clear();
    await scale(request('web'));
    await scale(request('web'));

    expect(world.published.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      'blocked GroupNotFound',
    ]);
  });
});
