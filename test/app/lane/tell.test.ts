import { describe, expect, test } from '@jest/globals';
import { tell } from '#app/lane/tell.ts';
import type { Note } from '#domain/lane/note.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { CPU_HIGH, NOON, seconds } from '#test/support/builders.ts';
import { anOutcome } from '#test/support/notify-world.ts';
import { aScaleWorld, request, turn } from '#test/support/scale-world.ts';

const outcomes = (count: number): readonly Outcome[] =>
  Array.from({ length: count }, (_, index) => anOutcome({ decisionId: `web-${index}` }));

/** A topic that refuses the outcomes with these ids. */
const setUp = (refuses: (id: string) => boolean = () => false) => {
  const tried: string[] = [];
  const published: Outcome[] = [];
  const notes: Note[] = [];
  const publish = async (outcome: Outcome): Promise<void> => {
    tried.push(outcome.decisionId);
    if (refuses(outcome.decisionId)) throw new Error('the topic is out of reach');
    published.push(outcome);
  };
  return { tried, published, notes, ports: { publish, note: (note: Note) => notes.push(note) } };
};

describe('publishing outcomes', () => {
  test('publishes all of them, the oldest first', async () => {
    const { ports, published } = setUp();
    expect(await tell(ports, { untold: outcomes(7) })).toEqual({ untold: [] });
    expect(published).toEqual(outcomes(7));
  });

  test('publishes fifteen in one look', async () => {
    const { ports, published } = setUp();
    expect(await tell(ports, { untold: outcomes(20) })).toEqual({ untold: outcomes(20).slice(15) });
    expect(published).toHaveLength(15);
  });

  test('tries three while nothing gets through', async () => {
    const { ports, tried, notes } = setUp(() => true);
    expect(await tell(ports, { untold: outcomes(10) })).toEqual({ untold: outcomes(10) });
    expect(tried).toEqual(['web-0', 'web-1', 'web-2']);
    expect(notes.map(({ kind }) => kind)).toEqual(Array(3).fill('telling-failed'));
  });

  test('is not stopped by one that is refused', async () => {
    const { ports } = setUp((id) => id === 'web-1');
    expect(await tell(ports, { untold: outcomes(7) })).toEqual({ untold: outcomes(7).slice(1, 2) });
  });

  test('says with the first one how many were given up', async () => {
    const { ports, published } = setUp();
    const [first, second] = outcomes(2);
    expect(await tell(ports, { untold: outcomes(2), droppedOutcomes: 4 })).toEqual({ untold: [] });
    expect(published).toEqual([{ ...first, droppedBefore: 4 }, second]);
  });

  test('remembers how many were given up until that was told', async () => {
    const { ports } = setUp((id) => id === 'web-0');
    expect(await tell(ports, { untold: outcomes(2), droppedOutcomes: 4 })).toEqual({
      untold: outcomes(1),
      droppedOutcomes: 4,
    });
    expect(await tell(ports, { untold: [], droppedOutcomes: 4 })).toEqual({
      untold: [],
      droppedOutcomes: 4,
    });
  });
});

test('a topic that is out of reach for a day neither stops scaling nor fills the head', async () => {
  const { world, scale } = aScaleWorld();
  let isDown = true;
  world.around = async (port, call) => {
    if (port === 'publish' && isDown) throw new Error('the topic is out of reach');
    return call();
  };
  for (let round = 0; round < 200; round += 1) {
    world.now = NOON + seconds(600 * round);
    world.change('web-prod', { capacityDesired: 4, capacityMax: round % 2 === 0 ? 20 : 4 });
    await scale(turn(world, CPU_HIGH));
  }
  expect(world.head()?.untold).toHaveLength(10);
  expect(JSON.stringify(world.head()).length).toBeLessThan(20_000);
  const dropped = world.head()?.droppedOutcomes ?? 0;
  expect(dropped).toBeGreaterThan(100);

  isDown = false;
  await scale(request('web'));
  expect(world.published.length).toBeGreaterThanOrEqual(10);
  expect(world.published[0]?.droppedBefore).toBeGreaterThanOrEqual(dropped);
  expect(world.published.slice(1).every((each) => each.droppedBefore === undefined)).toBe(true);
  expect(world.head()).toMatchObject({ untold: [] });
  expect(world.head()).not.toHaveProperty('droppedOutcomes');
});
