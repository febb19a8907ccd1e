import { UpdateAutoScalingGroupCommand } from '@aws-sdk/client-auto-scaling';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import {
  aboveMaximum,
  activityInProgress,
  callOn,
  hurriedTo,
  throttled,
} from '#test/e2e/harness/faults.ts';
import { passAMinute } from '#test/e2e/harness/pass-a-minute.ts';
import { alarmOf, same } from '#test/e2e/harness/probe.ts';
import type { System } from '#test/e2e/harness/system.ts';
import { until } from '#test/e2e/harness/until.ts';
import { autoScalingGroupOf, type FleetName } from '../fleets.ts';
import { deadLetters } from './dead-letters.ts';
import type { Scenario } from './scenario.ts';

const onSet = (fleet: FleetName) => callOn('SetDesiredCapacity', autoScalingGroupOf(fleet));

const poison: Scenario = {
  name: 'poison',
  run: async (system, { capacity, handled, lambda, poller }, check) => {
    const body = '{"hello":"nobody-understands-this"}';
    await check('a message that nobody understands ends in the dead-letter queue', async () => {
      const QueueUrl = system.stack.physicalIds.get('ScaleQueue');
      await system.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
      const letters = await until(
        'the dead-letter queue of scale has a message',
        async () => {
          const found = await deadLetters(system, 'ScaleDeadLetters');
          return found.length > 0 ? found : undefined;
        },
        10_000,
      );
      same(
        letters.map((letter) => letter.body),
        [body],
      );
      return letters[0]?.problem;
    });
    await check('at once, and is not tried again', async () => {
      await handled('scale', 'nobody-understands-this');
      const batches = poller('scale').batches.filter(({ bodies }) => bodies.includes(body));
      same(
        batches.map(({ failed }) => failed),
        [0],
      );
    });
    await check('and does not hold up the others of its batch', async () => {
      await poller('scale').pause();
      const QueueUrl = system.stack.physicalIds.get('ScaleQueue');
      await system.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'not JSON' }));
      await system.alarms.raise(alarmOf('mixed'));
      poller('scale').resume();
      await capacity('mixed', 4);
      await until(
        'the log names both messages that were put aside',
        () => {
          const { lines } = lambda('scale');
          const found = lines.filter((line) => line.includes('cannot be understood'));
          return found.length >= 2 ? found : undefined;
        },
        5_000,
      );
    });
  },
};

const planOf = (system: System, fleet: FleetName) =>
  until(
    `${fleet} has a plan in flight`,
    async () => (await system.ledger.head(fleet, 'scale')).inFlight,
    10_000,
  );

const crash: Scenario = {
  name: 'crash',
  run: async (system, { capacity, desired, entry, lambda, setCalls, sweep }, check) => {
    await check('a function that dies between plan and action leaves its plan', async () => {
      const calm = system.proxy.inject({
        on: onSet('crashed'),
        answer: async () => {
          lambda('scale').crash();
          return 'drop';
        },
      });
      await system.alarms.raise(alarmOf('crashed'));
      await planOf(system, 'crashed');
      await until('it called', () => setCalls('crashed').length || undefined, 10_000);
      calm();
      same(await desired('crashed'), 2);
    });
    await check('which others leave alone while its author may be at work', async () => {
      await sweep();
      same(await desired('crashed'), 2);
    });
    await check('and the sweep finishes with the number that was planned', async () => {
      await passAMinute(system, 'crashed', 'scale');
      await sweep();
      await capacity('crashed', 4);
      await entry('crashed', ({ status }) => status === 'applied', 'an applied decision');
      same(new Set(setCalls('crashed')).size, 1);
    });
    await check('an answer that is lost after AWS has acted changes the group once', async () => {
      const calm = system.proxy.inject({
        on: onSet('unsure'),
        answer: async (_call, forward) => {
          await forward();
          return 'drop';
        },
      });
      await system.alarms.raise(alarmOf('unsure'));
      await planOf(system, 'unsure');
      await capacity('unsure', 4);
      await until('it called', () => setCalls('unsure').length || undefined, 10_000);
      calm();
      await passAMinute(system, 'unsure', 'scale');
      await sweep();
      const done = await entry(
        'unsure',
        ({ status }) => status === 'applied',
        'an applied decision',
      );
      // The call acts, so the SDK does not repeat it, and whoever recovers finds it done.
      same([await desired('unsure'), setCalls('unsure')], [4, [4]]);
      return done.summary;
    });
  },
};

const refusals: Scenario = {
  name: 'refusals',
  run: async ({ alarms, clients, proxy }, { capacity, desired, entry, setCalls, sweep }, check) => {
    await check('a throttled call is tried again until it succeeds', async () => {
      const slow = proxy.inject({
        on: onSet('throttled'),
        times: 2,
        answer: async () => throttled,
      });
      // After a throttle the function changes nothing for five seconds.
      const quick = proxy.inject(hurriedTo(6));
      await alarms.raise(alarmOf('throttled'));
      await capacity('throttled', 4, 30_000);
      slow();
      quick();
    });
    await check('a busy group is held without a cooldown and done by the next sweep', async () => {
      proxy.inject({ on: onSet('busy'), times: 1, answer: async () => activityInProgress });
      await alarms.raise(alarmOf('busy'));
      const held = await entry('busy', ({ status }) => status === 'refused', 'a refusal');
      await sweep();
      await capacity('busy', 4);
      return held.summary;
    });
    await check('a maximum that shrank in between is kept', async () => {
      const shrink = new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: autoScalingGroupOf('shrunk'),
        MaxSize: 3,
      });
      proxy.inject({
        on: onSet('shrunk'),
        times: 1,
        answer: async () => {
          await clients.autoScaling.send(shrink);
          return aboveMaximum('4', 3);
        },
      });
      await alarms.raise(alarmOf('shrunk'));
      await capacity('shrunk', 3);
      same(setCalls('shrunk'), [4, 3]);
    });
    await check('a group at its maximum stays, and its operators hear of it', async () => {
      await alarms.raise(alarmOf('full'));
      const held = await entry('full', ({ reason }) => reason === 'AtMaximum', 'AtMaximum');
      same(await desired('full'), 4);
      return held.summary;
    });
    await check('a group without the tag is never touched', async () => {
      await alarms.raise(alarmOf('untagged'));
      const held = await entry('untagged', ({ reason }) => reason === 'NotManaged', 'NotManaged');
      same([await desired('untagged'), setCalls('untagged')], [2, []]);
      return held.summary;
    });
  },
};

export const trouble: readonly Scenario[] = [poison, crash, refusals];
