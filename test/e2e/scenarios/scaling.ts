import { setTimeout as sleep } from 'node:timers/promises';
import { alarmOf, same } from '#test/e2e/harness/probe.ts';
import type { Scenario } from './scenario.ts';

/** Reasons for which a removal may have to wait. */
const HOLDS = ['CoolingDown', 'InstancesPending', 'InstancesWarmingUp'];

const scaleOutAndIn: Scenario = {
  name: 'scale-out and scale-in',
  run: async ({ alarms }, { capacity, entry, sweep }, check) => {
    await check('an alarm that fires changes the group within two seconds', async () => {
      await alarms.raise(alarmOf('web'));
      await capacity('web', 4, 2_000);
    });
    await check('the ledger says what was done and why', async () => {
      const found = await entry('web', ({ status }) => status === 'applied', 'an applied decision');
      same(found.reason, 'ScaledOut');
      return found.summary;
    });
    await check('OK after ALARM changes nothing', async () => {
      await alarms.raise(alarmOf('web'), 'OK');
      await entry('web', ({ reason }) => reason === 'Steady', 'a decision to hold');
      await capacity('web', 4);
    });
    await check('nothing is removed a moment after an addition', async () => {
      await alarms.raise(alarmOf('web', 'cpu-low'));
      const held = await entry(
        'web',
        ({ reason }) => reason !== 'Steady' && HOLDS.includes(reason),
        'a hold',
      );
      await capacity('web', 4);
      return held.summary;
    });
    await check(
      'the alarm of a scale-in rule removes one, and after the cooldown another',
      async () => {
        await alarms.raise(alarmOf('idle', 'cpu-low'));
        await capacity('idle', 3, 5_000);
        await sleep(1_000);
        await sweep();
        await capacity('idle', 2, 5_000);
      },
    );
  },
};

const cooldown: Scenario = {
  name: 'cooldown',
  run: async ({ alarms }, { capacity, desired, entry, setCalls, sweep }, check) => {
    await check('the first alarm changes the group', async () => {
      await alarms.raise(alarmOf('patient'));
      await capacity('patient', 4, 2_000);
    });
    await check('an alarm that goes on firing does not add twice', async () => {
      await sweep();
      same([await desired('patient'), setCalls('patient')], [4, [4]]);
    });
    await check('a larger wish during the cooldown is held, and recorded', async () => {
      await alarms.raise(alarmOf('patient', 'cpu-peak'));
      const held = await entry('patient', ({ reason }) => reason === 'CoolingDown', 'a hold');
      same(await desired('patient'), 4);
      same(setCalls('patient'), [4]);
      return held.summary;
    });
  },
};

const duplicates: Scenario = {
  name: 'duplicate delivery',
  run: async ({ alarms }, { capacity, desired, handled, setCalls }, check) => {
    const alarm = alarmOf('repeated');
    await check('the same message three times changes the group once', async () => {
      const message = await alarms.change(alarm, 'ALARM');
      for (const _ of [1, 2, 3]) await alarms.publish(alarm, message);
      await handled('scale', alarm, 3);
      await capacity('repeated', 4);
      same([await desired('repeated'), setCalls('repeated')], [4, [4]]);
    });
  },
};

const oneBatch: Scenario = {
  name: 'one batch',
  run: async ({ alarms }, { capacity, handled, poller, setCalls }, check) => {
    await check('two alarms of a group are evaluated once, and the larger wish wins', async () => {
      await poller('scale').pause();
      await alarms.raise(alarmOf('paired'));
      await alarms.raise(alarmOf('paired', 'cpu-peak'));
      poller('scale').resume();
      await capacity('paired', 6);
      await handled('scale', alarmOf('paired', 'cpu-peak'));

      const batch = poller('scale').batches.find(({ bodies }) =>
        bodies.some((body) => body.includes(alarmOf('paired'))),
      );
      same([batch?.bodies.length, setCalls('paired')], [2, [6]]);
    });
  },
};

const levels: Scenario = {
  name: 'level, not edge',
  run: async ({ alarms, lambdas }, { capacity, desired, decisions, handled, sweep }, check) => {
    await check('the sweep finds an alarm whose message was lost', async () => {
      await alarms.change(alarmOf('unheard'), 'ALARM');
      await sweep();
      await capacity('unheard', 4);
    });
    await check('a message whose alarm has cleared since changes nothing', async () => {
      const message = await alarms.change(alarmOf('quiet'), 'ALARM');
      await alarms.change(alarmOf('quiet'), 'OK');
      await alarms.publish(alarmOf('quiet'), message);
      await handled('scale', alarmOf('quiet'));
      same([await desired('quiet'), await decisions('quiet')], [2, []]);
    });
    await check('an alarm whose actions are disabled is left alone', async () => {
      await alarms.disableActions(alarmOf('muted'));
      await alarms.change(alarmOf('muted'), 'ALARM');
      await sweep();
      same([await desired('muted'), await decisions('muted')], [2, []]);
    });
    await check('every decision leaves its log line, with its id', () => {
      const lines = lambdas.get('scale')?.lines ?? [];
      const found = lines.filter((line) => line.includes('"decisionId":"web-1"'));
      if (found.length === 0) throw new Error('no line of the log names the decision web-1');
      return Promise.resolve(`${found.length} lines`);
    });
    await check('metrics go out as log lines: time from alarm to action', () => {
      const lines = lambdas.get('scale')?.lines ?? [];
      const metric = lines.find((line) => line.includes('"AlarmToAction"'));
      if (metric === undefined) throw new Error('no AlarmToAction metric was written');
      return Promise.resolve(`${JSON.parse(metric).AlarmToAction} ms`);
    });
  },
};

export const scaling: readonly Scenario[] = [scaleOutAndIn, cooldown, duplicates, oneBatch, levels];
