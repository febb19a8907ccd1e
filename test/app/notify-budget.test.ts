import { describe, expect, test } from '@jest/globals';
import { notifyOperators } from '../../shared/app/notify-operators.ts';
import { aNotifyWorld, anOutcome, SLACK } from '../support/notify-world.ts';

const setUp = (perHour?: number) => {
  const channel = { ...SLACK, ...(perHour === undefined ? {} : { perHour }) };
  const { world, ports } = aNotifyWorld({
    channels: [channel],
    routes: [{ on: ['scaled', 'failed'], to: ['ops'] }],
  });
  const tell = (...ids: string[]) =>
    notifyOperators(ports)(
      ids.map((decisionId) =>
        anOutcome({ decisionId, kind: decisionId.startsWith('bad') ? 'failed' : 'scaled' }),
      ),
    );
  const endings = () =>
    world.notes.flatMap((note) =>
      note.kind === 'notice' ? [`${note.reference} ${note.ending}`] : [],
    );
  return { world, ports, tell, endings };
};

describe('a channel with a budget of two messages an hour', () => {
  test('gets two, and everything that is urgent', async () => {
    const { tell, endings, world } = setUp(2);
    const answers = await tell('a', 'bad-1', 'b', 'c', 'bad-2', 'd');

    expect(endings()).toEqual([
      ...['a sent', 'bad-1 sent', 'b sent', 'c withheld', 'bad-2 sent', 'd withheld'],
    ]);
    expect(answers.every(({ kind }) => kind === 'done')).toBe(true);
    expect(world.spent).toEqual({ ops: 4 });
    expect(world.texts[2]).toMatch(/\n\nThis is message 2 of this hour/);
  });

  test('does not pay for what was not delivered', async () => {
    const { tell, endings, world } = setUp(2);
    world.answers.ops = [{ kind: 'failed', detail: '500', afterSeconds: 1 }];
    await tell('a');
    world.now += 2_000;
    await tell('a');
    await tell('b');

    expect(endings()).toEqual(['a postponed', 'a sent', 'b sent']);
    expect(world.spent).toEqual({ ops: 2 });
  });

  test('never pays for what is urgent, even if it fails', async () => {
    const { tell, world } = setUp(2);
    world.answers.ops = [{ kind: 'failed', detail: '500' }];
    await tell('bad');

    expect(world.spent).toEqual({});
  });

  test('gets everything while nobody can count', async () => {
    const { tell, endings, ports } = setUp(1);
    const broken = () => Promise.reject(new Error('throttled'));
    Object.assign(ports.budgets, { spend: broken, giveBack: broken });
    await tell('a', 'b');

    expect(endings()).toEqual(['a sent', 'b sent']);
  });

  test('is not held up by a count that cannot be taken back', async () => {
    const { tell, endings, ports, world } = setUp(1);
    Object.assign(ports.budgets, { giveBack: () => Promise.reject(new Error('throttled')) });
    world.answers.ops = [{ kind: 'failed', detail: '500' }];
    await tell('a');

    expect(endings()).toEqual(['a postponed']);
  });
});

test('a channel without a budget counts nothing', async () => {
  const { tell, world, endings } = setUp();
  await tell('a', 'b', 'c');

  expect(endings()).toHaveLength(3);
  expect(world.spent).toEqual({});
});
