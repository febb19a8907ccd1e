import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CPU_HIGH, NOON, seconds } from '#test/support/builders.ts';
import { runs } from '#test/support/runs.ts';
import { aScaleWorld, type Port, request, turn } from '#test/support/scale-world.ts';

/** The calls of one scale-out, in their order. */
const CALLS: readonly Port[] = [
  'readGroups',
  'readAlarms',
  'ledgerRead',
  'ledgerWrite',
  'set',
  'publish',
  'ledgerWrite',
];

const MOMENTS = CALLS.flatMap((port, index) =>
  (['before', 'after'] as const).map((moment) => ({ moment, port, index })),
);

const forEver = <T>(): Promise<T> => new Promise(() => {});

/** Messages that notify would send: it knows an outcome again by its id and time. */
const told = (world: ReturnType<typeof aScaleWorld>['world']): readonly string[] => [
  ...new Set(world.published.map(({ decisionId, kind, at }) => `${decisionId} ${kind} ${at}`)),
];

const outcomesThatActed = (world: ReturnType<typeof aScaleWorld>['world']): readonly string[] =>
  told(world).filter((each) => each.includes('scaled'));

describe('a function that dies', () => {
  test.each(MOMENTS)(
    '$moment call $index, $port, leaves work that is finished exactly once',
    async ({ moment, index }) => {
      const { world, scale } = aScaleWorld();
      const message = turn(world, CPU_HIGH);
      world.around = async (_port, call) => {
        if (world.calls.length < index + 1) return call();
        if (moment === 'after' && world.calls.length === index + 1) await call();
        return forEver();
      };
      scale(message).catch(() => undefined);
      await new Promise(setImmediate);

      world.around = (_port, call) => call();
      for (const age of [61, 121]) {
        world.now = NOON + seconds(age);
        expect(await scale(request('web'), message)).toEqual([{ kind: 'done' }, { kind: 'done' }]);
      }

      expect(new Set(world.sets.map(({ capacity }) => capacity))).toEqual(new Set([6]));
      expect(world.states.get('web-prod')?.capacityDesired).toBe(6);
      expect(outcomesThatActed(world)).toHaveLength(1);
      expect(world.head()).toMatchObject({ lastScaleOut: { from: 4, to: 6 }, untold: [] });
      expect(world.head()?.inFlight).toBeUndefined();
    },
  );

  test('the calls are those of a scale-out', async () => {
    const { world, scale } = aScaleWorld();
    await scale(turn(world, CPU_HIGH));

    expect(world.calls).toEqual(CALLS);
  });
});

describe('two functions at the same time', () => {
  test('change the group once, in whatever order their calls are answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { world, scale } = aScaleWorld();
        const message = turn(world, CPU_HIGH);
        world.around = (port, call) => scheduler.schedule(Promise.resolve(port)).then(call);
        const both = Promise.all([scale(message), scale(request('web'))]);
        await scheduler.waitFor(both);

        expect(world.sets).toEqual([{ name: 'web-prod', capacity: 6 }]);
        expect(outcomesThatActed(world)).toHaveLength(1);
        expect(world.head()).toMatchObject({ lastScaleOut: { from: 4, to: 6 }, untold: [] });
        expect(world.head()?.inFlight).toBeUndefined();
      }),
      { numRuns: runs(300) },
    );
  });

  test('tell a hold once, in whatever order their calls are answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { world, scale } = aScaleWorld();
        world.change('web-prod', { capacityDesired: 10 });
        const message = turn(world, CPU_HIGH);
        world.around = (port, call) => scheduler.schedule(Promise.resolve(port)).then(call);
        await scheduler.waitFor(Promise.all([scale(message), scale(request('web'))]));

        expect(told(world).map((each) => each.split(' ')[1])).toEqual(['at-max']);
        expect(world.head()).toMatchObject({ untold: [] });
      }),
      { numRuns: runs(300) },
    );
  });
});
