import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sendThrough } from '#channels/channels.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { describeDigest } from '#domain/notify/describe-digest.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { Message } from '#domain/notify/message.ts';
import { NOON } from '#test/support/builders.ts';
import { A_CHANNEL, EVERY_CHANNEL } from '#test/support/channels.ts';
import { mockClient } from '#test/support/mock-client.ts';
import { anAlarmEvent, anOutcome } from '#test/support/notify-world.ts';

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const sns = mockClient(SNSClient);
const ses = mockClient(SESv2Client);
sns.on(PublishCommand).resolves({ MessageId: '1' });
ses.on(SendEmailCommand).resolves({ MessageId: '1' });

/** The content that a channel is sent, by whichever way it is reached. */
const sentOn = async (channel: Channel, message: Message): Promise<unknown[]> => {
  const sent: unknown[] = [];
  sns.resetHistory();
  ses.resetHistory();
  const send = sendThrough({
    fetch: (async (_: unknown, init?: RequestInit) => {
      const body = String(init?.body);
      sent.push(body.startsWith('{') ? JSON.parse(body) : body);
      return new Response('{"ok":true,"ts":"1.0"}');
    }) as typeof fetch,
    readSecret: async (name) => (name === '/token' ? 'xoxb-1' : 'https://hooks.example/x'),
    sns: new SNSClient({}),
    ses: new SESv2Client({}),
    mailTopics: new Map([['it', 'arn:aws:sns:eu-west-1:123456789012:mail']]),
    region: 'eu-west-1',
    now: () => NOON,
  });
  const thread = {
    root: '1.0',
    title: message.title,
    latestAt: 0,
    saidAt: NOON,
    state: 'open',
  } as const;
  expect(await send(channel, message, thread)).toMatchObject({ kind: 'sent' });
  for (const call of sns.commandCalls(PublishCommand)) sent.push(call.args[0].input);
  for (const call of ses.commandCalls(SendEmailCommand)) sent.push(call.args[0].input);
  return sent;
};

type Blocks = Readonly<{
  text?: string;
  blocks?: readonly Readonly<{
    text?: { text: string };
    fields?: readonly { text: string }[];
    elements?: readonly { text: string }[];
  }>[];
}>;

/** https://docs.slack.dev/reference/block-kit/blocks, and what it takes of all blocks together. */
const fitsSlack = (sent: unknown): void => {
  const { text = '', blocks = [] } = sent as Blocks;
  expect(text.length).toBeLessThanOrEqual(4_000);
  expect(blocks.length).toBeLessThanOrEqual(50);
  const [header] = blocks;
  expect(header?.text?.text.length ?? 0).toBeLessThanOrEqual(150);
  const lengths = blocks.map(({ text: one, fields = [], elements = [] }) => {
    expect(one?.text.length ?? 0).toBeLessThanOrEqual(3_000);
    expect(fields.length).toBeLessThanOrEqual(10);
    expect(elements.length).toBeLessThanOrEqual(10);
    for (const each of fields) expect(each.text.length).toBeLessThanOrEqual(2_000);
    for (const each of elements) expect(each.text.length).toBeLessThanOrEqual(3_000);
    return [one, ...fields, ...elements].reduce((sum, each) => sum + (each?.text.length ?? 0), 0);
  });
  expect(lengths.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(13_200);
};

/** The limits of each kind of channel; a kind without them does not compile. */
const LIMITS: Readonly<Record<Channel['kind'], (sent: unknown) => void>> = {
  slack: fitsSlack,
  'slack-bot': fitsSlack,
  teams: (sent) => expect(bytesOf(sent)).toBeLessThanOrEqual(28_000),
  webhook: (sent) => expect(bytesOf(sent)).toBeLessThanOrEqual(256_000),
  pagerduty: (sent) => {
    const { dedup_key: key, payload } = sent as {
      dedup_key: string;
      payload?: { summary: string };
    };
    expect(key.length).toBeLessThanOrEqual(255);
    expect(payload?.summary.length ?? 0).toBeLessThanOrEqual(1_024);
    expect(bytesOf(sent)).toBeLessThanOrEqual(512_000);
  },
  email: (sent) => {
    const { Subject, Message: text } = sent as { Subject: string; Message: string };
    expect(Subject).toMatch(/^[\x20-\x7e]{1,99}$/);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(262_144);
  },
  mail: (sent) => expect(bytesOf(sent)).toBeLessThanOrEqual(10_000_000),
};

/** A sign that takes much: three or four bytes, an escape in JSON, in Slack's markup or in Markdown. */
const sign = fc.constantFrom('a', '語', '𝄞', '&', '<', '*', '"', '\\', 'é', ' ');
const long = (maxLength: number) => fc.string({ unit: sign, minLength: maxLength - 5, maxLength });

const WHERE = {
  service: 's'.repeat(60),
  stage: 'x'.repeat(60),
  region: 'ap-southeast-2',
  account: '123456789012',
  table: 't'.repeat(250),
};

const outcome = fc
  .record({ group: long(250), asg: long(250), summary: long(20_000), rule: long(120) })
  .map(({ group, asg, summary, rule }) =>
    describeNews(
      anOutcome({
        kind: 'blocked',
        reason: 'LaunchesFailing',
        group,
        autoScalingGroup: asg,
        decisionId: `${group}-17`,
        summary,
        rule,
        wishes: Array.from({ length: 40 }, (_, index) => ({
          rule: `${rule}${index}`,
          capacity: 9,
        })),
        targets: Array.from({ length: 200 }, (_, index) => `i-${index}${rule}`),
      }),
      WHERE,
    ),
  );

const alarm = fc
  .record({ name: long(250), reason: long(1_023), contributorId: long(250) })
  .map(({ name, reason, contributorId }) =>
    describeNews(anAlarmEvent({ name, reason, contributorId }), WHERE),
  );

const digest = fc.record({ name: long(200), reason: long(100) }).map(({ name, reason }) =>
  describeDigest(
    Array.from({ length: 500 }, (_, index) =>
      index % 2 === 0
        ? anOutcome({ group: `${name}${index}`, decisionId: `web-${index}`, summary: reason })
        : anAlarmEvent({ name: `alarm-${index}`, reason }),
    ),
    NOON,
    WHERE,
  ),
);

describe.each(EVERY_CHANNEL)('a channel of the kind $kind', (channel) => {
  const fits = LIMITS[channel.kind];

  test.each([
    { what: 'an outcome with long names and sentences', message: outcome },
    { what: 'an alarm with a long name, reason and contributor', message: alarm },
    { what: '500 pieces of news of 250 groups', message: digest },
  ])('is sent no more than it takes: $what', async ({ message }) => {
    await fc.assert(
      fc.asyncProperty(message, async (each) => {
        for (const sent of await sentOn(channel, each)) fits(sent);
      }),
      { numRuns: 12 },
    );
  });
});

describe('incidents of PagerDuty with long names', () => {
  const keyOf = async (name: string): Promise<string> => {
    const [sent] = await sentOn(
      A_CHANNEL.pagerduty.channel,
      describeNews(anAlarmEvent({ name }), WHERE),
    );
    return (sent as { dedup_key: string }).dedup_key;
  };

  test('are told apart although they begin alike, and are the same every time', async () => {
    const [a, b] = [`${'n'.repeat(254)}a`, `${'n'.repeat(254)}b`];
    const keys = await Promise.all([keyOf(a), keyOf(b), keyOf(a)]);
    expect(keys[0]).not.toBe(keys[1]);
    expect(keys[2]).toBe(keys[0]);
  });

  test('keep their plain key up to 255 characters, and get a mark of their own beyond', async () => {
    const rest = 255 - (await keyOf('')).length;
    expect(await keyOf('n'.repeat(rest))).toMatch(/\/alarm\/n+$/);
    expect(await keyOf('n'.repeat(rest + 1))).toMatch(/\/alarm\/n+…#[0-9a-f]{32}$/);
  });
});

test('a message about many groups counts eight by name and the others together', () => {
  const news = (count: number) =>
    Array.from({ length: count }, (_, index) => anOutcome({ group: `g${index}` }));
  const names = (count: number) => describeDigest(news(count), NOON).fields.map(({ name }) => name);

  expect(names(9)).toEqual(['g0', 'g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'g8']);
  expect(describeDigest(news(10), NOON).fields.slice(7)).toEqual([
    { name: 'g7', value: '1 × scaled' },
    { name: '2 more groups', value: '2 messages' },
  ]);
});
