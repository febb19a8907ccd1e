import { afterEach, describe, expect, test } from '@jest/globals';
import { sendToSlack } from '#channels/slack.ts';
import { slackMessage } from '#channels/slack-message.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { anOutcome, SLACK } from '#test/support/notify-world.ts';
import { type Answer, answer, CANARY, startSlack } from '#test/support/slack-server.ts';

const MESSAGE = describeNews(anOutcome());
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** A Slack with these answers, and a parameter whose value changes from read to fresh read. */
const setUp = async (answers: readonly Answer[], values?: readonly (string | Error)[]) => {
  const slack = await startSlack(...answers);
  stops.push(slack.stop);
  const reads: string[] = [];
  const remaining = [...(values ?? [slack.url.href])];
  const readSecret = async (name: string, isFresh: boolean): Promise<string> => {
    reads.push(`${name}${isFresh ? ' fresh' : ''}`);
    const value = remaining.length > 1 ? remaining.shift() : remaining[0];
    if (value === undefined || value instanceof Error) throw value;
    return value.replace('SLACK', slack.origin);
  };
  const channel = { ...SLACK, webhookParameter: '/hook', origins: [slack.origin] };

  return { slack, reads, channel, send: sendToSlack({ fetch, readSecret }) };
};

test('the message is posted to the address in the parameter', async () => {
  const { slack, reads, channel, send } = await setUp([]);

  expect(await send(channel, MESSAGE)).toEqual({ kind: 'sent' });
  expect(reads).toEqual(['/hook']);
  expect(slack.requests.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
    [`/services/${CANARY}`, slackMessage(MESSAGE)],
  ]);
});

test('the call has a time limit', async () => {
  const { channel } = await setUp([]);
  const signals: unknown[] = [];
  const fake = async (_: unknown, init?: RequestInit) => {
    signals.push(init?.signal);
    return new Response('ok');
  };
  const url = `${channel.origins[0]}/services/x`;

  await sendToSlack({ fetch: fake, readSecret: async () => url })(channel, MESSAGE);

  expect(signals).toEqual([expect.any(AbortSignal)]);
});

describe('an address that was renewed', () => {
  test.each([403, 404, 410])('is read again after %d and used at once', async (status) => {
    const { slack, reads, channel, send } = await setUp(
      [answer(status)],
      ['SLACK/services/old', 'SLACK/services/new'],
    );

    expect(await send(channel, MESSAGE)).toEqual({ kind: 'sent' });
    expect(reads).toEqual(['/hook', '/hook fresh']);
    expect(slack.requests.map(({ path }) => path)).toEqual(['/services/old', '/services/new']);
  });

  test('is not tried again when it is the same', async () => {
    const { slack, channel, send } = await setUp([answer(404, 'no_service')]);

    expect(await send(channel, MESSAGE)).toEqual({
      kind: 'broken',
      detail: 'Slack answered 404 no_service',
    });
    expect(slack.requests).toHaveLength(1);
  });

  test('is not tried again when it is no address any more', async () => {
    const { channel, send } = await setUp([answer(404)], ['SLACK/services/old', 'gone']);
    expect(await send(channel, MESSAGE)).toMatchObject({ kind: 'broken' });
  });

  test('is not looked for after any other answer', async () => {
    const { reads, channel, send } = await setUp([answer(500)]);
    await send(channel, MESSAGE);
    expect(reads).toEqual(['/hook']);
  });

  test('is used when the remembered one was no address', async () => {
    const { channel, send } = await setUp([], ['nonsense', 'SLACK/services/new']);
    expect(await send(channel, MESSAGE)).toEqual({ kind: 'sent' });
  });
});

describe('a parameter that is of no use', () => {
  test('is named along with the remedy, and the message is kept', async () => {
    const { slack, channel, send } = await setUp([], [`https://evil.example/${CANARY}`]);

    expect(await send(channel, MESSAGE)).toEqual({
      kind: 'failed',
      detail: `the parameter /hook holds no webhook address of ${slack.origin}: put one there with aws ssm put-parameter --type SecureString --overwrite`,
    });
    expect(slack.requests).toEqual([]);
  });

  test('because it cannot be read is named with the fault', async () => {
    const missing = Object.assign(new Error(CANARY), { name: 'ParameterNotFound' });
    const { channel, send } = await setUp([], [missing]);

    expect(await send(channel, MESSAGE)).toEqual({
      kind: 'failed',
      detail: 'the parameter /hook could not be read: ParameterNotFound',
    });
  });
});
