import { describe, expect, test } from '@jest/globals';
import { newScaleHead } from '#domain/ledger/head.ts';
import { CPU_HIGH, NOON, seconds } from '#test/support/builders.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

const DONE = { kind: 'done' };

describe('a refusal of AWS', () => {
  const refused = (reason: 'GroupBusy' | 'Throttled' | 'AccessDenied' | 'OutOfBounds') =>
    ({ kind: 'refused', reason, detail: `AWS says ${reason}` }) as const;

  test.each([
    {
      reason: 'GroupBusy',
      disposition: {
        kind: 'retry',
        error: new Error('AWS says GroupBusy'),
        isExpected: true,
        afterSeconds: 5,
        receivesAtMost: 4,
      },
      kind: 'held',
    },
    { reason: 'AccessDenied', disposition: DONE, kind: 'failed' },
    {
      reason: 'Throttled',
      disposition: { kind: 'retry', error: new Error('AWS says Throttled'), receivesAtMost: 5 },
      kind: 'held',
    },
  ] as const)(
    '$reason is told as $kind and begins no cooldown',
    async ({ reason, disposition, kind }) => {
      const { world, scale } = aScaleWorld();
      world.answers.push(refused(reason));

      expect(await scale(turn(world, CPU_HIGH))).toEqual([disposition]);
      expect(world.published.map((outcome) => outcome.kind)).toEqual([kind]);
      expect(world.head()).toMatchObject({ version: 2, untold: [] });
      expect(world.head()).not.toHaveProperty('lastScaleOut');
      expect(world.head()).not.toHaveProperty('inFlight');
      expect(world.ledger.entries.map(({ status }) => status)).toEqual(['planned', 'refused']);
    },
  );

  test('that repeats itself is told once', async () => {
    const { world, scale } = aScaleWorld();
    world.answers.push(refused('GroupBusy'), refused('GroupBusy'));
    await scale(turn(world, CPU_HIGH));
    await scale(request('web'));

    expect(world.sets).toHaveLength(2);
    expect(world.published).toHaveLength(1);
  });

  test('because the bounds have just moved is judged again at once on fresh state', async () => {
    const { world, scale } = aScaleWorld();
    world.answers.push(refused('OutOfBounds'));
    world.around = async (port, call) => {
      if (port === 'set' && world.sets.length === 0) world.change('web-prod', { capacityMax: 5 });
      return call();
    };

    expect(await scale(turn(world, CPU_HIGH))).toEqual([DONE]);
    expect(world.sets.map(({ capacity }) => capacity)).toEqual([6, 5]);
  });
});

describe('a lost race for the ledger', () => {
  test('is run again on fresh state', async () => {
    const { world, scale } = aScaleWorld();
    const message = turn(world, CPU_HIGH);
    const other = (await world.ledger.read([])).get('web');
    world.around = async (port, call) => {
      if (port === 'ledgerWrite' && world.calls.length === 4) {
        await world.ledger.write('web', { ...newScaleHead, ...other, version: 1 });
      }
      return call();
    };

    expect(await scale(message)).toEqual([DONE]);
    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 6 }]);
    expect(world.published.map(({ decisionId }) => decisionId)).toEqual(['web-2']);
  });

  test('that is lost three times is left to the sweep', async () => {
    const { world, scale } = aScaleWorld();
    world.around = (port, call) =>
      port === 'ledgerWrite' ? (Promise.resolve(false) as ReturnType<typeof call>) : call();

    expect(await scale(turn(world, CPU_HIGH))).toEqual([DONE]);
    expect(world.calls.filter((port) => port === 'ledgerWrite')).toHaveLength(3);
    expect(world.notesOf('coalesced')).toEqual([
      {
        kind: 'coalesced',
        group: 'web',
        detail: 'the group moved 3 times; left to the next sweep',
      },
    ]);
    expect(world.sets).toEqual([]);
  });
});

describe('a plan of somebody else', () => {
  const planned = async (age: number) => {
    const { world, scale } = aScaleWorld();
    world.around = (port, call) => (port === 'set' ? new Promise(() => {}) : call());
    void scale(turn(world, CPU_HIGH)).catch(() => undefined);
    await new Promise(setImmediate);
    world.around = (_port, call) => call();
    world.sets.length = 0;
    world.now = NOON + age;
    return { world, scale };
  };

  test('is left alone for a minute', async () => {
    const { world, scale } = await planned(seconds(60) - 1);
    await scale(request('web'));

    expect({ sets: world.sets, published: world.published }).toEqual({ sets: [], published: [] });
    expect(world.head()?.inFlight?.decision.to).toBe(6);
  });

  test('is carried out after it, with the number that was planned', async () => {
    const { world, scale } = await planned(seconds(60));
    await scale(request('web'));

    expect(world.sets).toEqual([{ name: 'web-prod', capacity: 6 }]);
    expect(world.published.map(({ decisionId }) => decisionId)).toEqual(['web-1']);
    expect(world.head()?.lastScaleOut).toMatchObject({ at: NOON + seconds(60), from: 4, to: 6 });
  });

  test('that AWS has already is settled and told, and not repeated', async () => {
    const { world, scale } = await planned(seconds(60));
    world.change('web-prod', { capacityDesired: 6 });
    await scale(request('web'));

    expect(world.sets).toEqual([]);
    expect(world.published.map(({ decisionId, kind }) => `${decisionId} ${kind}`)).toEqual([
      'web-1 scaled',
      'web-3 held',
    ]);
  });

  test('that the world has overtaken is given up, and nobody is told of it', async () => {
    const { world, scale } = await planned(seconds(60));
    world.change('web-prod', { capacityDesired: 9 });
    turn(world, CPU_HIGH, 'OK');
    await scale(request('web'));

    expect(world.sets).toEqual([]);
    expect(world.published.map(({ decisionId }) => decisionId)).not.toContain('web-1');
    expect(world.ledger.entries.map(({ status }) => status)).toContain('superseded');
    expect(world.head()?.inFlight).toBeUndefined();
  });
});
