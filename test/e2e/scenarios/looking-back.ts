import { setTimeout as sleep } from 'node:timers/promises';
import { same } from '#test/e2e/harness/probe.ts';
import type { Scenario } from './scenario.ts';

const FLEET = 'watched';
const STAGE = ['--stage', 'e2e'] as const;

type Step = Readonly<{ hop: string; isPassed: boolean; detail: string }>;

/** The hops of a drill that were not passed. */
const missedIn = (said: string): readonly string[] => {
  const { steps } = JSON.parse(said) as Readonly<{ steps?: readonly Step[] }>;
  if (steps === undefined || steps.length === 0) throw new Error(said);
  return steps.filter(({ isPassed }) => !isPassed).map(({ hop, detail }) => `${hop}: ${detail}`);
};

/** The commands of the operator's day that are not about the next decision. */
const afterwards: Scenario = {
  name: 'the rest of the operator’s day',
  run: async ({ tidegate }, { slackMessages, sweep }, check) => {
    await check('npx tidegate report counts what was changed', async () => {
      const said = await tidegate('report', FLEET, '--since', '1h', '--json', ...STAGE);
      const { groups } = JSON.parse(said);
      const [{ changes }] = groups;
      if (!(changes.out > 0)) throw new Error(said);
      return `${changes.out} out, ${changes.in} in`;
    });
    await check('npx tidegate cap holds a group below a capacity, and resume ends it', async () => {
      await tidegate('cap', FLEET, '2', '--for', '10m', '--reason', 'a licence', ...STAGE);
      const { groups } = JSON.parse(await tidegate('status', FLEET, '--json', ...STAGE));
      same(groups[0].capacity.max.at, 2);
      await tidegate('resume', FLEET, ...STAGE);
      return groups[0].capacity.max.by;
    });
    await check('npx tidegate drill channel tells one channel', async () => {
      const words = ['drill', 'channel', 'ops', '--within', '20', '--json'] as const;
      same(missedIn(await tidegate(...words, ...STAGE)), []);
      same((await slackMessages('Drill: the channel ops is tried')).length, 1);
    });
    await check('npx tidegate drill sweep sees the look of the minute', async () => {
      const words = ['drill', 'sweep', '--within', '50', '--json'] as const;
      let isOver = false;
      const said = tidegate(...words, ...STAGE).finally(() => {
        isOver = true;
      });
      // The schedule of this run: a minute is three seconds.
      while (!isOver) {
        await sleep(3_000);
        await sweep();
      }
      same(missedIn(await said), []);
    });
    await check('npx tidegate drill dead-letters names the alarm that moto left out', async () => {
      const words = ['drill', 'dead-letters', '--within', '50', '--json'] as const;
      const said = JSON.parse(await tidegate(...words, ...STAGE));
      same([said.exitCode, said.error.code], [3, 'not-deployed']);
      return said.error.message;
    });
  },
};

export const lookingBack: readonly Scenario[] = [afterwards];
