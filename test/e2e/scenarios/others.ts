import { refreshOf } from '#test/e2e/harness/faults.ts';
import { alarmOf, same } from '#test/e2e/harness/probe.ts';
import { autoScalingGroupOf } from '../fleets.ts';
import type { Scenario } from './scenario.ts';

const atWork: Scenario = {
  name: 'others at work',
  run: async ({ alarms, proxy }, { capacity, desired, entry, setCalls, sweep }, check) => {
    const group = autoScalingGroupOf('refreshed');
    const over = proxy.inject(refreshOf(group, 'InProgress'));
    await check('nothing is removed while an instance refresh is under way', async () => {
      await alarms.raise(alarmOf('refreshed', 'cpu-low'));
      const held = await entry(
        'refreshed',
        ({ reason }) => reason === 'InstanceRefreshActive',
        'a hold',
      );
      same([await desired('refreshed'), setCalls('refreshed')], [4, []]);
      return held.summary;
    });
    await check('what was held is done once it is over', async () => {
      over();
      await sweep();
      await capacity('refreshed', 3);
    });
  },
};

const inHand: Scenario = {
  name: 'a group in hand',
  run: async ({ alarms, tidegate }, { capacity, desired, entry, setCalls, sweep }, check) => {
    await check('npx tidegate pause writes it down, and says what holds', async () => {
      const said = await tidegate('pause', 'overridden', '--for', '10m', '--reason', 'a drill');
      if (!/^overridden is paused by /m.test(said)) throw new Error(said);
      return said;
    });
    await check('a paused group stays, whatever fires', async () => {
      await alarms.raise(alarmOf('overridden'));
      const held = await entry('overridden', ({ reason }) => reason === 'Paused', 'a hold');
      same([await desired('overridden'), setCalls('overridden')], [2, []]);
      return held.summary;
    });
    await check('npx tidegate overrides shows who holds what', async () => {
      const said = await tidegate('overrides');
      if (!/^overridden is paused by .*: a drill$/m.test(said)) throw new Error(said);
    });
    await check('after npx tidegate resume the rules decide again', async () => {
      const said = await tidegate('resume', 'overridden');
      await sweep();
      await capacity('overridden', 4);
      return said;
    });
    await check('a pin moves the group to its capacity', async () => {
      await alarms.raise(alarmOf('overridden'), 'OK');
      await tidegate('pin', 'overridden', '6', '--for', '10m', '--reason', 'a drill');
      await sweep();
      await capacity('overridden', 6);
    });
  },
};

export const others: readonly Scenario[] = [atWork, inHand];
