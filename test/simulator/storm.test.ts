import { describe, expect, test } from '@jest/globals';
import { hourOf } from '../../shared/domain/budget.ts';
import type { Channel } from '../../shared/domain/configuration.ts';
import type { Delivery } from '../../shared/domain/notice.ts';
import { createCloud, promptMail } from '../../simulator/cloud.ts';
import { deploy } from '../../simulator/deploy.ts';
import { createHistory } from '../../simulator/history.ts';
import { createRandom } from '../../simulator/kernel/random.ts';
import { createTimeline } from '../../simulator/kernel/timeline.ts';
import { createSteadyNetwork } from '../../simulator/services/steady-network.ts';
import { minutes, NOON } from '../support/builders.ts';
import { anOutcome, SLACK } from '../support/notify-world.ts';

const PER_HOUR = 20;
const CHANNEL: Channel = { ...SLACK, perHour: PER_HOUR };
const configuration = {
  ...{ groups: [], alerts: [], channels: [CHANNEL] },
  routes: [{ on: ['scaled', 'failed'] as const, to: ['ops'] }],
};

/** A thousand outcomes within a minute, of which every 25th is critical, and a Slack that answers so. */
const storm = async (seed: number, answer: (random: () => number) => Delivery) => {
  const timeline = createTimeline(NOON);
  const history = createHistory();
  const random = createRandom(seed);
  const received: { at: number; reference: string; text: string }[] = [];
  history.listen((event) => {
    if (event.kind !== 'received') return;
    const { reference, text } = event.received.message;
    received.push({ at: event.at, reference, text });
  });
  const cloud = createCloud(
    { timeline, history, mail: promptMail, answer: () => answer(random) },
    configuration,
    [],
  );
  deploy(
    {
      ...{ timeline, history, random, network: createSteadyNetwork(timeline, 20) },
      configuration: () => configuration,
      startClock: () => timeline.now,
    },
    cloud,
  );
  for (let index = 0; index < 1_000; index += 1) {
    const isCritical = index % 25 === 0;
    const kind = isCritical ? 'failed' : 'scaled';
    const decisionId = `${kind}-${index}`;
    timeline.at(NOON + index * 60, () =>
      cloud.outcomeTopic.publish(JSON.stringify(anOutcome({ kind, decisionId }))),
    );
  }
  await timeline.runUntil(NOON + minutes(300));
  return { received, queue: cloud.queues.notify };
};

const troubled = (random: () => number): Delivery => {
  const chance = random();
  if (chance < 0.15) return { kind: 'failed', detail: 'Slack answered 429', afterSeconds: 30 };
  if (chance < 0.25) return { kind: 'failed', detail: 'Slack answered 500' };
  return chance < 0.3 ? { kind: 'unclear', detail: 'no answer' } : { kind: 'sent' };
};

describe('a storm of a thousand outcomes in a minute', () => {
  test.each([
    { slack: 'well', answer: (): Delivery => ({ kind: 'sent' }) },
    { slack: 'with 429, 500 and time-outs', answer: troubled },
  ])(
    'with Slack $slack gives what the budget allows, and loses nothing critical',
    async ({ answer }) => {
      for (const seed of [1, 2, 3]) {
        const { received, queue } = await storm(seed, answer);
        const critical = received.filter(({ reference }) => reference.startsWith('failed'));
        const others = received.filter(({ reference }) => reference.startsWith('scaled'));
        const perHour = others.map(
          ({ at }) => others.filter((each) => hourOf(each.at) === hourOf(at)).length,
        );

        expect(new Set(critical.map(({ reference }) => reference)).size).toBe(40);
        expect(Math.max(...perHour)).toBeLessThanOrEqual(PER_HOUR);
        expect(others.length).toBeGreaterThan(PER_HOUR / 2);
        expect(queue.depth()).toBe(0);
        expect(others.some(({ text }) => /only what is urgent comes/.test(text))).toBe(true);
      }
    },
  );
});
