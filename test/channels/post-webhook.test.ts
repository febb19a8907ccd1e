import { describe, expect, test } from '@jest/globals';
import { postWebhook } from '#channels/post-webhook.ts';
import {
  type Answer,
  accept,
  answer,
  CANARY,
  hang,
  hangUp,
  startSlack,
} from '#test/support/slack-server.ts';

const SHORT_MS = 100;
const PATIENT_MS = 10_000;

/** The delivery of a message to a webhook with this answer, and the requests that the server saw. */
const posted = async (reply: Answer) => {
  // Only who waits for a time-out is in a hurry: a busy machine may need its time.
  const timeoutMs = reply === hang ? SHORT_MS : PATIENT_MS;
  const slack = await startSlack(reply);
  try {
    const result = await postWebhook(fetch, 'Slack', timeoutMs)(slack.url, '{"text":"grüße"}');
    return { ...result, requests: slack.requests };
  } finally {
    await slack.stop();
  }
};

const sent = { kind: 'sent' };
const failed = (detail: string) => ({ kind: 'failed', detail });
const refused = (detail: string) => ({ kind: 'refused', detail });
const broken = (detail: string) => ({ kind: 'broken', detail });
const unclear = (detail: string) => ({ kind: 'unclear', detail });
const echo = `<html>no such hook: /services/${CANARY}</html>`;

test('a message is posted as JSON', async () => {
  expect(await posted(accept)).toEqual({
    delivery: sent,
    isAddressDoubtful: false,
    requests: [
      {
        method: 'POST',
        path: `/services/${CANARY}`,
        type: 'application/json; charset=utf-8',
        body: '{"text":"grüße"}',
      },
    ],
  });
});

describe('what an answer means', () => {
  test.each([
    ['200 with JSON, as triggers answer', answer(200, '{"ok":true}'), sent],
    ['204', answer(204), sent],
    ['400', answer(400, 'invalid_payload'), refused('Slack answered 400 invalid_payload')],
    ['429', answer(429, 'rate_limited'), failed('Slack answered 429 rate_limited')],
    ['500', answer(500, 'rollup_error'), failed('Slack answered 500 rollup_error')],
    ['503 with a page', answer(503, '<html>busy</html>'), failed('Slack answered 503')],
    ['418, which nobody expects', answer(418), failed('Slack answered 418')],
    ['a redirect', answer(302, '', { location: '/' }), failed('Slack answered 302')],
    ['nothing in time', hang, unclear('Slack gave no answer: TimeoutError')],
    ['a closed line', hangUp, unclear('Slack gave no answer: UND_ERR_SOCKET')],
  ])('%s', async (_, reply, delivery) => {
    expect(await posted(reply)).toMatchObject({ delivery, isAddressDoubtful: false });
  });

  test.each([
    [403, 'action_prohibited'],
    [404, 'no_service'],
    [404, 'channel_not_found'],
    [410, 'channel_is_archived'],
  ])('%d %s: broken, and the address may be old', async (status, reason) => {
    expect(await posted(answer(status, reason))).toMatchObject({
      delivery: broken(`Slack answered ${status} ${reason}`),
      isAddressDoubtful: true,
    });
  });

  test('a redirect is not followed', async () => {
    const { requests } = await posted(answer(307, '', { location: '/elsewhere' }));
    expect(requests).toHaveLength(1);
  });

  test('nobody listening is a failure, not a doubt', async () => {
    const slack = await startSlack();
    await slack.stop();

    expect(await postWebhook(fetch, 'Slack')(slack.url, '{}')).toEqual({
      delivery: failed('Slack gave no answer: ECONNREFUSED'),
      isAddressDoubtful: false,
    });
  });

  test('a body that breaks off leaves the status as it is', async () => {
    const breakOff: Answer = (request, response) => {
      response.writeHead(404, { 'content-length': '100' }).write('no_ser');
      setTimeout(() => request.socket.destroy(), 10);
    };
    expect(await posted(breakOff)).toMatchObject({ delivery: broken('Slack answered 404') });
  });

  test('a body without an end is read to its first 4 KB', async () => {
    const endless: Answer = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('a'.repeat(1_024)));
      };
      response.writeHead(500).on('drain', more);
      more();
    };
    const startedAt = performance.now();

    expect(await posted(endless)).toMatchObject({ delivery: failed('Slack answered 500') });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('Retry-After', () => {
  test.each([
    ['30', { afterSeconds: 30 }],
    ['0', { afterSeconds: 1 }],
    ['soon', {}],
    ['Wed, 21 Oct 2026 07:28:00 GMT', {}],
    ['1234567', {}],
  ])('%s', async (value, rest) => {
    const { delivery } = await posted(answer(429, '', { 'retry-after': value }));
    expect(delivery).toEqual({ ...failed('Slack answered 429'), ...rest });
  });
});

describe('the address is told to nobody', () => {
  test.each([
    ['a page that repeats it', answer(404, echo)],
    ['a word that repeats it', answer(500, CANARY)],
    ['silence', hang],
    ['a closed line', hangUp],
  ])('after %s', async (_, reply) => {
    const { delivery } = await posted(reply);
    expect(JSON.stringify(delivery)).not.toMatch(/canary|T0000|127\.0\.0\.1/);
  });

  test('after a fault that has it in its words', async () => {
    const fault = () => Promise.reject(new TypeError(`cannot fetch https://x/${CANARY}`));
    expect(await postWebhook(fault, 'Slack')(new URL('https://x'), '{}')).toMatchObject({
      delivery: unclear('Slack gave no answer: TypeError'),
    });
  });

  test('after something thrown that is no error', async () => {
    const fault = () => Promise.reject(CANARY);
    expect(await postWebhook(fault, 'Slack')(new URL('https://x'), '{}')).toMatchObject({
      delivery: unclear('Slack gave no answer: unknown error'),
    });
  });
});
