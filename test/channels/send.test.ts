import { expect, test } from '@jest/globals';
import { sendThrough } from '../../shared/channels/send.ts';
import { describeNews } from '../../shared/domain/describe-news.ts';
import { anOutcome, EMAIL, SLACK } from '../support/notify-world.ts';

test.each([
  ['slack', SLACK],
  ['email', EMAIL],
  ['teams', { ...SLACK, kind: 'teams' }],
  ['webhook', { ...SLACK, kind: 'webhook' }],
  ['pagerduty', { kind: 'pagerduty', name: 'p', keyParameter: '/k', origin: 'https://x' }],
] as const)('a message for a channel of the kind %s goes that way', async (kind, channel) => {
  const message = describeNews(anOutcome());
  const calls: unknown[] = [];
  const sender =
    (name: string) =>
    async (...args: unknown[]) => {
      calls.push([name, ...args]);
      return { kind: 'sent' } as const;
    };

  const send = sendThrough({
    ...{ slack: sender('slack'), email: sender('email'), teams: sender('teams') },
    ...{ webhook: sender('webhook'), pagerduty: sender('pagerduty') },
  });

  expect(await send(channel, message)).toEqual({ kind: 'sent' });
  expect(calls).toEqual([[kind, channel, message]]);
});
