import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { displayOf } from '#channels/channels.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { MessageContext } from '#domain/notify/message-context.ts';
import { sampleNews } from '#domain/notify/sample-news.ts';
import { parseNewsMessage } from '#parse/news-message.ts';
import { aGroup, NOON } from '#test/support/builders.ts';
import { EVERY_CHANNEL } from '#test/support/channels.ts';
import { enveloped, readEvent } from '#test/support/events.ts';

const CONTEXT: MessageContext = {
  region: 'eu-west-1',
  groups: [{ ...aGroup(), runbook: 'https://wiki.example.com/web' }],
  chart: { title: 'cpu', points: [{ at: NOON, value: 82 }], threshold: 70, mark: NOON },
};

const EVENTS = readdirSync('events')
  .filter((name) => /alarm|ok|outcome|insufficient/.test(name))
  .map((name) => name.replace(/\.json$/, ''));

describe.each(EVENTS)('the recorded event %s', (name) => {
  test('renders for every channel', () => {
    const parsed = parseNewsMessage(enveloped(readEvent(name)));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    if (parsed.value.kind === 'flush' || 'about' in parsed.value)
      throw new Error('a flush tells nothing');
    const message = describeNews(parsed.value, CONTEXT);

    for (const channel of EVERY_CHANNEL) {
      const text = displayOf(channel).render(message);
      expect(text.length).toBeGreaterThan(100);
      expect(text).toContain(channel.kind === 'pagerduty' ? 'dedup_key' : message.reference);
    }
  });
});

test('a deployment without groups or alerts has news of each kind to try channels with', () => {
  const samples = sampleNews({ groups: [], alerts: [] }, NOON);

  expect(samples.map(({ name }) => name)).toEqual([
    ...[
      'scaled',
      'replaced',
      'held',
      'at-max',
      'blocked',
      'failed',
      'override',
      'foreign',
      'flapping',
      'alarm',
      'report',
    ],
  ]);
  expect(samples[0]?.news).toMatchObject({ group: 'web', autoScalingGroup: 'web-prod' });
});
