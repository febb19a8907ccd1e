import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import {
  createMembers,
  FLEET,
  fireAlarms,
  leave,
  memberAt,
  membersIn,
  publishAll,
  putAlarms,
} from '#test/e2e/harness/members.ts';
import { same } from '#test/e2e/harness/probe.ts';
import type { System } from '#test/e2e/harness/system.ts';
import { until } from '#test/e2e/harness/until.ts';
import { deadLetters } from './dead-letters.ts';
import type { Scenario } from './scenario.ts';

/** A look writes down at most so many groups that joined. */
const JOIN_IN_A_LOOK = 500;
/** The time that a storm may take for each group: moto works through all calls one after the other. */
const PATIENCE_MS_EACH = 300;
/**
 * The visibility timeout of scale's queue, and time for one more try. An answer with messages that gets lost on its way
 * hides them so long, and a message that waits for its group is tried again within two minutes.
 */
const HIDDEN_MS = 180_000 + 60_000;

/** The capacities that the functions asked Auto Scaling for, by group. */
const changesOf = ({ proxy }: System): ReadonlyMap<string, readonly number[]> => {
  const changes = new Map<string, number[]>();
  for (const { action, input } of proxy.calls) {
    const name = String(input.AutoScalingGroupName);
    if (action !== 'SetDesiredCapacity' || !name.startsWith('cell-')) continue;
    changes.set(name, [...(changes.get(name) ?? []), Number(input.DesiredCapacity)]);
  }
  return changes;
};

/** Waits until each group was changed; then all of them want the capacity, or it throws. */
const allWant = async (
  system: System,
  names: readonly string[],
  capacity: number,
  withinMs: number,
): Promise<void> => {
  await until(
    `${names.length} groups are changed`,
    () => {
      const changes = changesOf(system);
      return names.every((name) => changes.has(name)) ? true : undefined;
    },
    withinMs,
  ).catch(() => undefined);
  const groups = await membersIn(system.clients);
  const others = names.filter((name) => groups.get(name)?.DesiredCapacity !== capacity);
  if (others.length === 0) return;
  throw new Error(
    `${others.length} of ${names.length} do not want ${capacity}: ${others.slice(0, 5).join(', ')}`,
  );
};

/** Waits until scale's queue is empty; when it never is, the error says what was left in it. */
const emptyQueue = async ({ clients, stack }: System, withinMs: number): Promise<void> => {
  let waiting = '';
  let hidden = '';
  const isEmpty = async (): Promise<true | undefined> => {
    const { Attributes = {} } = await clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: stack.physicalIds.get('ScaleQueue'),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    waiting = Attributes.ApproximateNumberOfMessages ?? 'an unknown number';
    hidden = Attributes.ApproximateNumberOfMessagesNotVisible ?? 'an unknown number';
    return waiting === '0' && hidden === '0' ? true : undefined;
  };
  await until('the queue is empty', isEmpty, withinMs).catch(({ message }: Error) => {
    throw new Error(`${message}; ${waiting} wait, ${hidden} are in hand or wait for another try`);
  });
};

/** So many groups that one fleet selects by a tag: found without a deployment, scaled by a storm of alarms. */
export const fleetOf = (count: number): Scenario => ({
  name: `a fleet of ${count} groups`,
  run: async (system, { poller, sweep, slackMessages }, check) => {
    const { clients, topicArn } = system;
    const names = Array.from({ length: count }, (_, index) => memberAt(index));
    const patienceMs = 60_000 + count * PATIENCE_MS_EACH;
    const seconds = async (job: () => Promise<unknown>): Promise<string> => {
      const started = performance.now();
      await job();
      return `${((performance.now() - started) / 1_000).toFixed(1)} s`;
    };

    await check('is created through the API after the deployment', () =>
      seconds(async () => {
        await createMembers(clients, names);
        await putAlarms(clients, names, topicArn);
      }),
    );
    await check(`is found by the sweep, ${JOIN_IN_A_LOOK} groups a minute`, () =>
      seconds(async () => {
        for (let found = 0; found < count; found += JOIN_IN_A_LOOK) await sweep();
      }),
    );
    await check('is told of on Slack, in few messages', async () => {
      const posts = await slackMessages('joined the fleet');
      if (posts.length > 5 + count / 20) throw new Error(`${posts.length} messages`);
      return `${posts.length} messages`;
    });
    await check('each group is scaled once by a storm in which half of the alarms come twice', () =>
      seconds(async () => {
        for (const name of ['scale', 'notify'] as const) poller(name).limit(1);
        const messages = await fireAlarms(clients, names);
        const twice = messages.filter((_, index) => index % 2 === 0);
        await publishAll(clients, topicArn, [...messages, ...twice]);
        await allWant(system, names, 3, patienceMs);
      }),
    );
    await check('nothing is asked for twice', async () => {
      await sweep();
      const changes = changesOf(system);
      same(
        names.filter((name) => JSON.stringify(changes.get(name)) !== '[3]'),
        [],
      );
    });
    await check('nothing is left in the queue, and nothing is a dead letter', async () => {
      await emptyQueue(system, patienceMs + HIDDEN_MS);
      const letters = await deadLetters(system, 'ScaleDeadLetters');
      same(
        letters.filter(({ body }) => body.includes('cell-')),
        [],
      );
    });

    const late = memberAt(count);
    await check('a group joins without a deployment, and is scaled', async () => {
      await createMembers(clients, [late]);
      await putAlarms(clients, [late], topicArn);
      await sweep();
      await publishAll(clients, topicArn, await fireAlarms(clients, [late]));
      await allWant(system, [late], 3, 15_000);
    });
    await check('a group leaves without a deployment, and is left alone', async () => {
      const first = memberAt(0);
      await leave(clients, first, FLEET);
      await sweep();
      const before = changesOf(system).get(first);
      await publishAll(clients, topicArn, await fireAlarms(clients, [first]));
      await sleep(3_000);
      same(changesOf(system).get(first), before);
    });
  },
});
