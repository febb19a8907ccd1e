import { alarmOf, same } from '#test/e2e/harness/probe.ts';
import type { Scenario } from './scenario.ts';

const FLEET = 'watched';
const STAGE = ['--stage', 'e2e'] as const;

/** The operator's day on a group of its own: see it, ask it, take it back. */
const day: Scenario = {
  name: 'the operator’s day',
  run: async ({ alarms, tidegate }, { capacity, sweep }, check) => {
    await check('npx tidegate status says what the next look will do', async () => {
      await sweep();
      const { groups, sweep: last } = JSON.parse(
        await tidegate('status', FLEET, '--json', ...STAGE),
      );
      const [{ capacity: now, next }] = groups;
      same([now.desired, next.from, next.to], [2, 2, 2]);
      if (!(last.at > 0)) throw new Error('the sweep has not written down its look');
      return next.summary;
    });
    await check('it foretells a change before its message comes', async () => {
      const message = await alarms.change(alarmOf(FLEET), 'ALARM');
      const { groups } = JSON.parse(await tidegate('status', FLEET, '--json', ...STAGE));
      same([groups[0].next.from, groups[0].next.to], [2, 4]);
      await alarms.publish(alarmOf(FLEET), message);
      await capacity(FLEET, 4);
      return groups[0].next.summary;
    });
    await check('it names the gate that holds, and for how long', async () => {
      const said = await tidegate('status', FLEET, ...STAGE);
      const gate = /^ {2}gate {8}cooldown holds for .*$/m.exec(said)?.[0];
      if (gate === undefined) throw new Error(said);
      return gate.trim();
    });
  },
};

export const operator: readonly Scenario[] = [day];
