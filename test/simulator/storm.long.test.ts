import { describe, expect, test } from '@jest/globals';
import type { Channel } from '#domain/configuration/channel.ts';
import { hourOf } from '#domain/notify/channel-state.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import { createCloud, promptMail } from '#simulator/cloud.ts';
import { deploy } from '#simulator/deploy.ts';
import { createHistory } from '#simulator/history.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import { createTimeline } from '#simulator/kernel/timeline.ts';
import { createSteadyNetwork } from '#simulator/services/steady-network.ts';
import { minutes, NOON, seconds } from '#test/support/builders.ts';
import { anOutcome, EMAIL, SLACK } from '#test/support/notify-world.ts';

const PER_HOUR = 20;
const CHANNELS: readonly Channel[] = [
  { ...SLACK, perHour: PER_HOUR },
  { ...EMAIL, perHour: PER_HOUR },
];
const configuration = {
  groups: [],
  alerts: [],
  channels: CHANNELS,
  routes: [{ on: ['scaled', 'failed'] as const, to: ['ops'] }],
};

type Told = Readonly<{ at: number; channel: string; title: string; ids: readonly string[] }>;
type Asked = Readonly<{ random: () => number; at: number; channel: string }>;

/** A thousand outcomes within a minute, of which every 25th is critical, and a Slack that answers so. */
const storm = async (seed: number, answer: (asked: Asked) => Delivery) => {
  const timeline = createTimeline(NOON);
  const history = createHistory();
  const random = createRandom(seed);
  const told: Told[] = [];
  let asked = '';
  history.listen((event) => {
    if (event.kind === 'applying' && ['POST', 'Publish'].includes(event.trip.action)) {
      asked = event.trip.action === 'POST' ? 'ops' : 'mail';
    }
    if (event.kind !== 'received') return;
    const { channel, message } = event.received;
    const ids = message.reference.split(', ');
    told.push({ at: event.at, channel: channel.name, title: message.title, ids });
  });
  const cloud = createCloud(
    {
      timeline,
      history,
      mail: promptMail,
      answer: () => answer({ random, at: timeline.now(), channel: asked }),
    },
    configuration,
    [],
  );
  deploy(
    {
      timeline,
      history,
      random,
      network: createSteadyNetwork(timeline, 20),
      configuration: () => configuration,
      startClock: () => timeline.now,
    },
    cloud,
  );
  for (let index = 0; index < 1_000; index += 1) {
    const kind = index % 25 === 0 ? 'failed' : 'scaled';
    const decisionId = `${kind}-${String(index).padStart(3, '0')}`;
    const outcome = anOutcome({ kind, decisionId, at: NOON + index * 60 });
    timeline.at(NOON + index * 60, () => cloud.outcomeTopic.publish(JSON.stringify(outcome)));
  }
  timeline.at(NOON + minutes(40), () =>
    cloud.outcomeTopic.publish(
      JSON.stringify(anOutcome({ decisionId: 'later', at: timeline.now() })),
    ),
  );
  await timeline.runUntil(NOON + minutes(130));
  return { told, queue: cloud.queues.notify };
};

const numbersOf = (ids: readonly string[]): readonly number[] =>
  ids.map((id) => Number(id.split('-')[1]));
const isCritical = (id: string): boolean => id.startsWith('failed');

const sent: Delivery = { kind: 'sent' };
const troubled = ({ random, channel }: Asked): Delivery => {
  const chance = channel === 'ops' ? random() : 1;
  if (chance < 0.15) return { kind: 'failed', detail: 'Slack answered 429', afterSeconds: 30 };
  if (chance < 0.25) return { kind: 'failed', detail: 'Slack answered 500' };
  return chance < 0.3 ? { kind: 'unclear', detail: 'no answer' } : sent;
};

/** The channel is archived ten seconds into the storm, and somebody fixes that half an hour later. */
const archived = ({ at, channel }: Asked): Delivery =>
  channel === 'ops' && at > NOON + seconds(10) && at < NOON + minutes(30)
    ? { kind: 'broken', detail: 'Slack answered 410 channel_is_archived' }
    : sent;

const SEEDS = [1, 2];
const WEATHER = {
  well: () => sent,
  'with 429, 500 and time-outs': troubled,
  'with 410': archived,
};
const STORMS = Object.keys(WEATHER).flatMap((slack) =>
  SEEDS.map((seed) => ({ slack: slack as keyof typeof WEATHER, seed })),
);

const storms = new Map<string, ReturnType<typeof storm>>();
/** The storm of this weather and seed: it is run once, and every promise is held against it. */
const stormOf = (slack: keyof typeof WEATHER, seed: number): ReturnType<typeof storm> => {
  const key = `${slack} ${seed}`;
  const run = storms.get(key) ?? storm(seed, WEATHER[slack]);
  storms.set(key, run);
  return run;
};

describe('a storm of a thousand outcomes in a minute', () => {
  test.each(STORMS)(
    'with Slack answering $slack loses nothing critical, with seed $seed',
    async ({ slack, seed }) => {
      const { told, queue } = await stormOf(slack, seed);
      const critical = new Set(told.flatMap(({ ids }) => ids.filter(isCritical)));

      expect(critical.size).toBe(40);
      expect(queue.depth()).toBe(0);
    },
  );

  test.each(STORMS)(
    'with Slack answering $slack keeps to the budget, with seed $seed',
    async ({ slack, seed }) => {
      const { told } = await stormOf(slack, seed);
      for (const { name } of CHANNELS) {
        const routine = told.filter(
          ({ channel, ids }) => channel === name && !ids.some(isCritical),
        );
        const hours = new Set(routine.map(({ at }) => hourOf(at)));
        for (const hour of hours) {
          const inHour = routine.filter(({ at }) => hourOf(at) === hour);
          expect(inHour.length).toBeLessThanOrEqual(PER_HOUR);
        }
      }
    },
  );

  test.each(STORMS)(
    'with Slack answering $slack tells in order, with seed $seed',
    async ({ slack, seed }) => {
      const { told } = await stormOf(slack, seed);
      for (const { name } of CHANNELS) {
        const mine = told.filter(({ channel }) => channel === name);
        const critical = mine.flatMap(({ ids }) => ids.filter(isCritical));
        const routine = mine.flatMap(({ ids }) => ids.filter((id) => !isCritical(id)));
        const [first, second] = [critical, routine].map((ids) =>
          // What perhaps arrived is told once more, and news of a channel has no number.
          [...new Set(numbersOf(ids))].filter((number) => Number.isFinite(number)),
        );

        expect(first).toEqual([...(first ?? [])].sort((a, b) => a - b));
        expect(second).toEqual([...(second ?? [])].sort((a, b) => a - b));
      }
    },
  );

  test('tells the rest of the hour in a few messages once the next one begins', async () => {
    const { told } = await stormOf('well', 1);
    const late = told.filter(({ at }) => at >= hourOf(NOON) + minutes(60));

    expect(told.flatMap(({ ids }) => ids)).toHaveLength(1_001);
    expect(late.map(({ title }) => title.split(',')[0])).toEqual(['500 messages', '441 messages']);
  });

  test('with an archived channel goes to the other one, which is told why, and comes back', async () => {
    const { told } = await stormOf('with 410', 1);
    const elsewhere = told.filter(({ channel }) => channel === 'mail');

    expect(elsewhere.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        'The channel ops takes no messages: somebody must look',
        'The channel ops takes messages again',
      ]),
    );
    expect(elsewhere.filter(({ title }) => /takes no messages/.test(title))).toHaveLength(1);
    expect(elsewhere.flatMap(({ ids }) => ids.filter(isCritical)).length).toBeGreaterThan(20);
  });
});
