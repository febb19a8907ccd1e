import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sendToPagerDuty } from '#channels/pagerduty.ts';
import type { WebhookPorts } from '#channels/post-to-channel.ts';
import { sendToSlack } from '#channels/slack.ts';
import { sendToTeams } from '#channels/teams.ts';
import { sendToWebhook } from '#channels/webhook.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import { NOON } from '#test/support/builders.ts';
import { anOutcome, anOutcomeOf } from '#test/support/notify-world.ts';
import { type Answer, answer, CANARY, hangUp, startSlack } from '#test/support/slack-server.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

type Send = (ports: WebhookPorts, origin: string, message: Message) => Promise<Delivery>;

const addressed = (origin: string) => ({
  name: 'it',
  webhookParameter: '/it',
  origins: [origin],
});

/** Kinds that post to an address; Slack with a bot token, SNS and SES have tests of their own. */
type Posting = Exclude<Channel['kind'], 'slack-bot' | 'email' | 'mail'>;

/** Each kind that posts; one without its line does not compile. */
const CHANNELS: { readonly [K in Posting]: Readonly<{ service: string; send: Send }> } = {
  slack: {
    service: 'Slack',
    send: (ports, origin, message) =>
      sendToSlack(ports)({ ...addressed(origin), kind: 'slack' }, message),
  },
  teams: {
    service: 'Teams',
    send: (ports, origin, message) =>
      sendToTeams(ports)({ ...addressed(origin), kind: 'teams' }, message),
  },
  webhook: {
    service: 'the webhook',
    send: (ports, origin, message) =>
      sendToWebhook({ ...ports, now: () => NOON })(
        { ...addressed(origin), kind: 'webhook', signingParameter: '/sign' },
        message,
      ),
  },
  pagerduty: {
    service: 'PagerDuty',
    send: (ports, origin, message) =>
      sendToPagerDuty(ports)(
        { kind: 'pagerduty', name: 'it', keyParameter: '/it', origin },
        message,
      ),
  },
};

const EACH = Object.entries(CHANNELS).map(([kind, each]) => ({ kind, ...each }));

const MESSAGE = describeNews(anOutcomeOf('blocked'));

const setUp = async (...answers: Answer[]) => {
  const server = await startSlack(...answers);
  stops.push(server.stop);
  const readSecret = async (name: string) => (name === '/it' ? server.url.href : 'key');
  return { server, ports: { fetch, readSecret } };
};

describe.each(EACH)('a channel of the kind $kind', ({ service, send }) => {
  test.each([
    { status: 200, body: 'ok', delivery: { kind: 'sent' } },
    { status: 202, body: '', delivery: { kind: 'sent' } },
    {
      status: 429,
      body: 'rate_limited',
      headers: { 'retry-after': '30' },
      delivery: {
        kind: 'failed',
        detail: `${service} answered 429 rate_limited`,
        afterSeconds: 30,
      },
    },
    { status: 500, body: '', delivery: { kind: 'failed', detail: `${service} answered 500` } },
    {
      status: 302,
      body: '',
      headers: { location: `https://evil.example/${CANARY}` },
      delivery: { kind: 'failed', detail: `${service} answered 302` },
    },
  ])('answered with $status', async ({ status, body, headers = {}, delivery }) => {
    const { server, ports } = await setUp(answer(status, body, headers));

    expect(await send(ports, server.origin, MESSAGE)).toEqual(delivery);
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    { status: 400, kind: 'refused' },
    ...[403, 404, 410].map((status) => ({ status, kind: 'broken' })),
  ])('answered with $status is $kind', async ({ status, kind: usual }) => {
    const { server, ports } = await setUp(answer(status), answer(status));
    // Whom PagerDuty refuses although the message is right, it does not know.
    const kind = service === 'PagerDuty' ? 'broken' : usual;

    expect(await send(ports, server.origin, MESSAGE)).toEqual({
      kind,
      detail: `${service} answered ${status}`,
    });
  });

  test('that hangs up leaves open what it took', async () => {
    const { server, ports } = await setUp(hangUp);

    expect(await send(ports, server.origin, MESSAGE)).toMatchObject({ kind: 'unclear' });
  });

  test('whose secret cannot be read keeps the message, and names the parameter only', async () => {
    const { server } = await setUp();
    const missing = Object.assign(new Error(CANARY), { name: 'ParameterNotFound' });
    const delivery = await send(
      { fetch, readSecret: () => Promise.reject(missing) },
      ...([server.origin, MESSAGE] as const),
    );

    expect(delivery).toMatchObject({
      kind: 'failed',
      detail: expect.stringMatching(/ParameterNotFound$/),
    });
    expect(JSON.stringify(delivery)).not.toContain('canary');
    expect(server.requests).toEqual([]);
  });

  test('posts JSON within any limit, whatever the texts are', async () => {
    const sizes: number[] = [];
    const fake = async (_: unknown, init?: RequestInit) => {
      JSON.parse(String(init?.body));
      sizes.push(Buffer.byteLength(String(init?.body)));
      return new Response('ok');
    };
    const ports = {
      fetch: fake as typeof fetch,
      readSecret: async () => 'https://it.example/x',
    };
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 2_000 }), async (text) => {
        const outcome = anOutcome({ kind: 'blocked', group: text.slice(0, 255), summary: text });
        const delivery = await send(ports, 'https://it.example', describeNews(outcome));
        expect(delivery.kind).toBe('sent');
      }),
      { numRuns: 60 },
    );

    expect(Math.max(...sizes)).toBeLessThan(28_000);
  });
});

describe('a webhook of one’s own', () => {
  test('gets the whole message, with its incident, and a signature that proves it', async () => {
    const { server, ports } = await setUp();
    const headers: (string | null)[] = [];
    const spying: typeof fetch = (url, init) => {
      headers.push(new Headers(init?.headers).get('x-tidegate-signature'));
      return fetch(url, init);
    };
    await CHANNELS.webhook.send({ ...ports, fetch: spying }, server.origin, MESSAGE);

    const [{ body } = { body: '' }] = server.requests;
    expect(JSON.parse(body)).toEqual({ schemaVersion: 1, ...MESSAGE });
    const seconds = NOON / 1_000;
    const hex = createHmac('sha256', 'key').update(`${seconds}.${body}`).digest('hex');
    expect(headers).toEqual([`t=${seconds},v1=${hex}`]);
  });

  test('without a key gets no signature', async () => {
    const { server, ports } = await setUp();
    const channel = { ...addressed(server.origin), kind: 'webhook' } as const;

    expect(await sendToWebhook({ ...ports, now: () => NOON })(channel, MESSAGE)).toEqual({
      kind: 'sent',
    });
  });
});

describe('PagerDuty', () => {
  const eventsOf = async (...kinds: Parameters<typeof anOutcome>[0][]) => {
    const { server, ports } = await setUp();
    for (const kind of kinds) {
      await CHANNELS.pagerduty.send(ports, server.origin, describeNews(anOutcome(kind)));
    }
    return server.requests.map(({ path, body }) => ({ path, ...JSON.parse(body) }));
  };

  test('gets incidents that no other stage, Region or account can close', async () => {
    const { server, ports } = await setUp();
    const prod = {
      service: 'tidegate',
      stage: 'prod',
      region: 'eu-west-1',
      account: '123456789012',
    };
    const places = [
      prod,
      { ...prod, stage: 'test' },
      { ...prod, region: 'us-east-1' },
      { ...prod, account: '210987654321' },
    ];
    for (const where of places) {
      await CHANNELS.pagerduty.send(ports, server.origin, describeNews(anOutcome(), where));
    }

    expect(server.requests.map(({ body }) => JSON.parse(body).dedup_key)).toEqual([
      'tidegate/tidegate/prod/eu-west-1/123456789012/web/capacity',
      'tidegate/tidegate/test/eu-west-1/123456789012/web/capacity',
      'tidegate/tidegate/prod/us-east-1/123456789012/web/capacity',
      'tidegate/tidegate/prod/eu-west-1/210987654321/web/capacity',
    ]);
  });

  test('gets an incident for each matter, which later news takes on and closes', async () => {
    const events = await eventsOf(
      { kind: 'blocked', reason: 'LaunchesFailing', summary: 'web stays at 4: no capacity' },
      { kind: 'override', reason: 'OverrideSet' },
      { kind: 'scaled' },
    );

    expect(events).toMatchObject([
      {
        path: '/v2/enqueue',
        event_action: 'trigger',
        dedup_key: 'tidegate/web/capacity',
        payload: {
          summary: 'web is blocked: somebody must look: web stays at 4: no capacity',
          source: 'tidegate',
          severity: 'critical',
          component: 'web',
          timestamp: '2026-03-02T09:00:00.000Z',
          custom_details: { Group: 'web', Reason: 'LaunchesFailing', Reference: 'web-17' },
        },
      },
      { event_action: 'acknowledge', dedup_key: 'tidegate/web/capacity' },
      { event_action: 'resolve', dedup_key: 'tidegate/web/capacity' },
    ]);
    expect(events.slice(1).every((event) => !('payload' in event))).toBe(true);
  });

  test('reads a key again that was refused', async () => {
    const server = await startSlack(answer(400, 'invalid'), answer(202));
    stops.push(server.stop);
    const reads: boolean[] = [];
    const readSecret = async (_: string, isFresh: boolean) => {
      reads.push(isFresh);
      return isFresh ? 'new' : 'old';
    };

    expect(await CHANNELS.pagerduty.send({ fetch, readSecret }, server.origin, MESSAGE)).toEqual({
      kind: 'sent',
    });
    expect(reads).toEqual([false, true]);
    expect(server.requests.map(({ body }) => JSON.parse(body).routing_key)).toEqual(['old', 'new']);
  });
});
