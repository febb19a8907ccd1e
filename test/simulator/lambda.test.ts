import { expect, test } from '@jest/globals';
import { createHistory, type HistoryEvent, type Trip } from '#simulator/history.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import { createTimeline } from '#simulator/kernel/timeline.ts';
import { createFunction } from '#simulator/services/lambda.ts';
import type { Code, Network } from '#simulator/services/runtime.ts';
import { createSteadyNetwork } from '#simulator/services/steady-network.ts';
import { seconds } from '#test/support/builders.ts';

type Job = 'plain' | 'leaves a call behind' | 'hangs';

const CONFIGURATION = { groups: [], alerts: [], channels: [], routes: [] };

/** A function that makes a call of half a second, and what became of it. */
const setUp = (thaw: Network['thaw'] = () => undefined) => {
  const timeline = createTimeline(0);
  const history = createHistory();
  const lines: string[] = [];
  const events: HistoryEvent[] = [];
  history.listen((event) => events.push(event));
  let environments = 0;

  const code: Code<Job, string> = ({ call }) => {
    environments += 1;
    return async (job) => {
      const calling = call('Read', job, () => 'read').then(
        (answer) => lines.push(`${answer} at ${timeline.now()}`),
        (error: Error) => lines.push(`${error.message} at ${timeline.now()}`),
      );
      if (job === 'leaves a call behind') return 'early';
      await (job === 'hangs' ? new Promise(() => {}) : calling);
      return 'done';
    };
  };
  const network = { ...createSteadyNetwork(timeline, 250), thaw };
  const invoke = createFunction(
    {
      timeline,
      history,
      network,
      random: createRandom(1),
      configuration: () => CONFIGURATION,
      startClock: () => timeline.now,
    },
    { name: 'scale', timeoutSeconds: 30, code },
  );
  const answers: string[] = [];
  const run = (job: Job): void => {
    invoke(job).then(
      (answer) => answers.push(answer),
      (error: Error) => answers.push(error.message),
    );
  };
  return { timeline, run, lines, answers, events, environments: () => environments };
};

test('an environment takes one invocation after the other', async () => {
  const { timeline, run, answers, environments } = setUp();
  run('plain');
  await timeline.runUntil(seconds(1));
  run('plain');
  await timeline.runUntil(seconds(2));

  expect({ answers, environments: environments() }).toEqual({
    answers: ['done', 'done'],
    environments: 1,
  });
});

test('invocations at the same time have an environment each', async () => {
  const { timeline, run, environments } = setUp();
  run('plain');
  run('plain');
  await timeline.runUntil(seconds(1));

  expect(environments()).toBe(2);
});

test('a call that is left behind stays frozen until the environment wakes', async () => {
  const { timeline, run, lines, answers } = setUp();
  run('leaves a call behind');
  await timeline.runUntil(seconds(60));
  expect({ lines, answers }).toEqual({ lines: [], answers: ['early'] });

  run('plain');
  await timeline.runUntil(seconds(61));
  expect(lines).toEqual(['read at 60000', 'read at 60500']);
});

test('a frozen call may find its connection gone', async () => {
  const { timeline, run, lines } = setUp(({ action }: Trip) => {
    throw new Error(`${action}: socket hang up`);
  });
  run('leaves a call behind');
  await timeline.runUntil(seconds(60));
  run('plain');
  await timeline.runUntil(seconds(61));

  expect(lines).toEqual(['Read: socket hang up at 60000', 'read at 60500']);
});

test('what runs into its time limit is killed, and its environment with it', async () => {
  const { timeline, run, answers, environments, events } = setUp();
  run('hangs');
  await timeline.runUntil(seconds(31));
  expect(answers).toEqual(['scale-1 was killed after 30 s']);
  expect(events.filter(({ kind }) => kind === 'failed')).toHaveLength(1);

  run('plain');
  await timeline.runUntil(seconds(32));
  expect(environments()).toBe(2);
});
