import { afterEach, describe, expect, test } from '@jest/globals';
import { sendToSlackBot } from '#channels/slack-bot.ts';
import type { SlackBotChannel } from '#domain/configuration/channel.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { sampleChart } from '#domain/notify/sample-chart.ts';
import type { Thread } from '#domain/notify/thread.ts';
import { NOON } from '#test/support/builders.ts';
import { anOutcome } from '#test/support/notify-world.ts';
import { type Answer, answer, CANARY, hangUp, startSlack } from '#test/support/slack-server.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const ok = (more: object = {}): Answer =>
  answer(200, JSON.stringify({ ok: true, ts: '171.5', ...more }));
const no = (error: string): Answer => answer(200, JSON.stringify({ ok: false, error }));
/** The address to upload a file: at the server itself, or at another one. */
const place =
  (origin: string): Answer =>
  (request, response) => {
    const at = origin === 'same' ? `http://${request.headers.host}` : origin;
    ok({ upload_url: `${at}/upload/v1/x`, file_id: 'F1' })(request, response);
  };
const SECRET = 'canary-7f3a9c';
const MESSAGE = describeNews(anOutcome({ kind: 'failed' }));
const THREAD: Thread = {
  root: '170.1',
  title: 'web is blocked',
  latestAt: 0,
  saidAt: NOON,
  state: 'open',
};

const setUp = async (...answers: Answer[]) => {
  const server = await startSlack(...answers);
  stops.push(server.stop);
  const reads: boolean[] = [];
  const headers: (string | null)[] = [];
  const channel: SlackBotChannel = {
    kind: 'slack-bot',
    name: 'bot',
    tokenParameter: '/token',
    conversation: 'C024BE91L',
    origin: server.origin,
  };
  const ports = {
    fetch: ((url, init) => {
      headers.push(new Headers(init?.headers).get('authorization'));
      return fetch(url as URL, init);
    }) as typeof fetch,
    readSecret: async (_: string, isFresh: boolean) => {
      reads.push(isFresh);
      return `xoxb-${SECRET}${isFresh ? '-new' : ''}\n`;
    },
  };
  const send = (message = MESSAGE, thread?: Thread) =>
    sendToSlackBot(ports)(channel, message, thread);
  const posts = () =>
    server.requests.map(({ path, body }) => ({
      path,
      ...(body.startsWith('{') ? JSON.parse(body) : { body }),
    }));
  return { send, posts, reads, headers, server, channel };
};

describe('a Slack app', () => {
  test('begins a thread with its first message', async () => {
    const { send, posts, headers } = await setUp(ok());
    expect(await send()).toEqual({ kind: 'sent', sentAs: '171.5' });
    expect(posts()).toMatchObject([
      {
        path: '/api/chat.postMessage',
        channel: 'C024BE91L',
        unfurl_links: false,
        text: 'web could not be changed: somebody must look',
      },
    ]);
    expect(posts()[0]).not.toHaveProperty('thread_ts');
    expect(headers).toEqual([`Bearer xoxb-${SECRET}`]);
  });

  test('replies in it, and shows in the first message how it stands now', async () => {
    const { send, posts } = await setUp(ok({ ts: '172.0' }), ok());
    expect(await send(MESSAGE, THREAD)).toEqual({ kind: 'sent', sentAs: '170.1' });
    const [reply, head] = posts();
    expect(reply).toMatchObject({ thread_ts: '170.1', reply_broadcast: true });
    expect(head).toMatchObject({
      path: '/api/chat.update',
      ts: '170.1',
      channel: 'C024BE91L',
      text: 'web could not be changed: somebody must look',
    });
    expect(JSON.stringify(head.blocks.at(-1))).toContain('It began with: web is blocked');
  });

  test('keeps the first message as it is when something newer is known', async () => {
    const { send, posts } = await setUp(ok());
    await send(describeNews(anOutcome()), { ...THREAD, latestAt: NOON + 1 });
    expect(posts().map(({ path }) => path)).toEqual(['/api/chat.postMessage']);
    expect(posts()[0]).toMatchObject({ reply_broadcast: false });
  });

  test.each([{}, { thread_ts: '999.9' }])(
    'begins again when Slack has put the reply elsewhere: %j',
    async (message) => {
      const { send, posts } = await setUp(ok({ ts: '181.0', message }));
      expect(await send(MESSAGE, THREAD)).toEqual({ kind: 'sent', sentAs: '181.0' });
      expect(posts()).toHaveLength(1);
    },
  );

  test('goes on when Slack says that the reply is in the thread', async () => {
    const { send, posts } = await setUp(ok({ message: { thread_ts: THREAD.root } }), ok());
    expect(await send(MESSAGE, THREAD)).toEqual({ kind: 'sent', sentAs: THREAD.root });
    expect(posts()).toHaveLength(2);
  });

  test('begins again when somebody has deleted the thread', async () => {
    const { send, posts } = await setUp(no('thread_not_found'), ok({ ts: '180.0' }));
    expect(await send(MESSAGE, THREAD)).toEqual({ kind: 'sent', sentAs: '180.0' });
    expect(posts()).toHaveLength(2);
  });

  test('puts the chart into the thread, in the three steps that Slack wants', async () => {
    const { send, posts, server } = await setUp(ok(), place('same'), answer(200, 'OK'), ok());
    expect(await send({ ...MESSAGE, chart: sampleChart(NOON) })).toMatchObject({ kind: 'sent' });

    const [, ask, bytes] = server.requests;
    expect(ask?.type).toBe('application/x-www-form-urlencoded');
    expect(ask?.body).toMatch(/^filename=metric\.png&length=\d+&alt_txt=cpu$/);
    expect(bytes).toMatchObject({ path: '/upload/v1/x', type: 'application/octet-stream' });
    expect(posts()[3]).toEqual({
      path: '/api/files.completeUploadExternal',
      files: [{ id: 'F1', title: 'cpu' }],
      channel_id: 'C024BE91L',
      thread_ts: '171.5',
    });
  });

  test('uploads nothing to a place that is not Slack', async () => {
    const other = await startSlack();
    stops.push(other.stop);
    const { send, server } = await setUp(ok(), place(other.origin));
    expect(await send({ ...MESSAGE, chart: sampleChart(NOON) })).toMatchObject({ kind: 'sent' });
    expect([server.requests.length, other.requests.length]).toEqual([2, 0]);
  });

  test.each([
    ['upload_url', ok({ file_id: 'F1' })],
    ['good address', ok({ upload_url: 'nonsense', file_id: 'F1' })],
    ['answer', hangUp],
  ])('that gets no %s has told its message all the same', async (_, second) => {
    const { send } = await setUp(ok(), second);
    expect(await send({ ...MESSAGE, chart: sampleChart(NOON) })).toMatchObject({ kind: 'sent' });
  });
});

describe('what Slack answers an app', () => {
  test.each([
    ...[
      'channel_not_found',
      'is_archived',
      'not_in_channel',
      'token_revoked',
      'missing_scope',
      'restricted_action_read_only_channel',
      'something_new',
      'restricted_action_read_only_channel',
      'no_such_error',
    ].map((error) => ({ error, kind: 'broken' })),
    ...['invalid_blocks', 'msg_too_long', 'no_text'].map((error) => ({ error, kind: 'refused' })),
    ...['ratelimited', 'service_unavailable'].map((error) => ({
      error,
      kind: 'failed',
    })),
    ...['fatal_error', 'internal_error'].map((error) => ({ error, kind: 'unclear' })),
  ])('$error is $kind', async ({ error, kind }) => {
    const { send } = await setUp(no(error), no(error));
    expect(await send()).toEqual({
      kind,
      detail: `Slack answered 200 ${error} to chat.postMessage`,
    });
  });

  test.each([
    [
      429,
      { 'retry-after': '30' },
      { kind: 'failed', detail: 'Slack answered 429 to chat.postMessage', afterSeconds: 30 },
    ],
    [500, {}, { kind: 'failed', detail: 'Slack answered 500 to chat.postMessage' }],
    [
      302,
      { location: 'https://evil.example' },
      { kind: 'failed', detail: 'Slack answered 302 to chat.postMessage' },
    ],
    [200, {}, { kind: 'unclear', detail: 'Slack answered 200 to chat.postMessage' }],
  ])('%d without a word', async (status, headers, delivery) => {
    const { send, server } = await setUp(answer(status, `<html>${CANARY}`, headers));
    expect(await send()).toEqual(delivery);
    expect(server.requests).toHaveLength(1);
  });

  test('nothing, and hangs up: nobody knows', async () => {
    const { send } = await setUp(hangUp);
    const delivery = await send();
    expect(delivery).toMatchObject({ kind: 'unclear' });
    expect(JSON.stringify(delivery)).not.toContain('canary');
  });

  test('nothing, for nobody listens: certainly not sent', async () => {
    const { send, server } = await setUp();
    await server.stop();
    expect(await send()).toMatchObject({
      kind: 'failed',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
  });

  test('a token that was withdrawn is read again', async () => {
    const { send, reads, headers } = await setUp(no('token_revoked'), ok());
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect(reads).toEqual([false, true]);
    expect(headers[1]).toBe(`Bearer xoxb-${SECRET}-new`);
  });

  test('nothing without a token that can be one: a person must fix that', async () => {
    const { channel, server } = await setUp();
    const ports = { fetch, readSecret: async () => '“xoxb-1' };
    expect(await sendToSlackBot(ports)(channel, MESSAGE)).toEqual({
      kind: 'broken',
      detail: 'the parameter /token holds no token of Slack (xoxb-…)',
    });
    expect(server.requests).toEqual([]);
  });

  test('a token that cannot be read keeps the message', async () => {
    const { channel } = await setUp();
    const ports = {
      fetch,
      readSecret: () =>
        Promise.reject(Object.assign(new Error(CANARY), { name: 'ParameterNotFound' })),
    };
    expect(await sendToSlackBot(ports)(channel, MESSAGE)).toEqual({
      kind: 'failed',
      detail: 'the parameter /token could not be read: ParameterNotFound',
    });
  });
});
