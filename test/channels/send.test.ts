import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterEach, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { sendThrough } from '#channels/send.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { NOON } from '#test/support/builders.ts';
import { anOutcome, EMAIL, SLACK } from '#test/support/notify-world.ts';

const ses = mockClient(SESv2Client);
const sns = mockClient(SNSClient);
afterEach(() => {
  ses.reset();
  sns.reset();
});

const BOT: Channel = {
  kind: 'slack-bot',
  name: 'bot',
  tokenParameter: '/token',
  conversation: 'C024BE91L',
  origin: 'https://slack.com',
};
const MAIL: Channel = { kind: 'mail', name: 'm', address: 'a@b.de', from: 'c@d.de' };
const PAGER: Channel = {
  kind: 'pagerduty',
  name: 'p',
  keyParameter: '/k',
  origin: 'https://events.pagerduty.com',
};

test.each([
  { channel: SLACK, to: 'hooks.slack.com/x' },
  { channel: { ...SLACK, kind: 'teams' }, to: 'hooks.slack.com/x' },
  { channel: { ...SLACK, kind: 'webhook' }, to: 'hooks.slack.com/x' },
  { channel: PAGER, to: 'events.pagerduty.com/v2/enqueue' },
  { channel: BOT, to: 'slack.com/api/chat.postMessage' },
  { channel: EMAIL, to: 'SNS' },
  { channel: MAIL, to: 'SES' },
] as const)('a message for a channel of the kind $channel.kind goes to $to', async (each) => {
  const calls: string[] = [];
  sns.onAnyCommand().callsFake(() => calls.push('SNS') && {});
  ses.onAnyCommand().callsFake(() => calls.push('SES') && {});
  const fake = async (url: unknown) => {
    calls.push(String(url).replace('https://', ''));
    return new Response('{"ok":true,"ts":"1.2"}');
  };
  const send = sendThrough({
    fetch: fake as typeof fetch,
    readSecret: async (name) => (name === '/token' ? 'xoxb-1' : 'https://hooks.slack.com/x'),
    sns: new SNSClient({}),
    ses: new SESv2Client({}),
    region: 'eu-west-1',
    mailTopics: new Map([['mail', 'arn:topic']]),
    now: () => NOON,
  });

  expect(await send(each.channel, describeNews(anOutcome()))).toMatchObject({ kind: 'sent' });
  expect(calls).toEqual([each.to]);
});
