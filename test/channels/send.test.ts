import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterEach, expect, test } from '@jest/globals';
import { sendThrough } from '#channels/channels.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { NOON } from '#test/support/builders.ts';
import { EVERY_CHANNEL } from '#test/support/channels.ts';
import { mockClient } from '#test/support/mock-client.ts';
import { anOutcome } from '#test/support/notify-world.ts';

const ses = mockClient(SESv2Client);
const sns = mockClient(SNSClient);
afterEach(() => {
  ses.reset();
  sns.reset();
});

/** The place to which a message for a channel of each kind goes. */
const DESTINATIONS: Readonly<Record<Channel['kind'], string>> = {
  slack: 'hooks.example/x',
  teams: 'hooks.example/x',
  webhook: 'hooks.example/x',
  pagerduty: 'events.pagerduty.com/v2/enqueue',
  'slack-bot': 'slack.com/api/chat.postMessage',
  email: 'SNS',
  mail: 'SES',
};

test.each(EVERY_CHANNEL.map((channel) => ({ channel, to: DESTINATIONS[channel.kind] })))(
  'a message for a channel of the kind $channel.kind goes to $to',
  async (each) => {
    const calls: string[] = [];
    sns.onAnyCommand().callsFake(() => calls.push('SNS') && {});
    ses.onAnyCommand().callsFake(() => calls.push('SES') && {});
    const fake = async (url: unknown) => {
      calls.push(String(url).replace('https://', ''));
      return new Response('{"ok":true,"ts":"1.2"}');
    };
    const send = sendThrough({
      fetch: fake as typeof fetch,
      readSecret: async (name) => (name === '/token' ? 'xoxb-1' : 'https://hooks.example/x'),
      sns: new SNSClient({}),
      ses: new SESv2Client({}),
      region: 'eu-west-1',
      mailTopics: new Map([['it', 'arn:topic']]),
      now: () => NOON,
    });

    expect(await send(each.channel, describeNews(anOutcome()))).toMatchObject({ kind: 'sent' });
    expect(calls).toEqual([each.to]);
  },
);
