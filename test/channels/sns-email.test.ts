import {
  AuthorizationErrorException,
  InternalErrorException,
  InvalidParameterException,
  PublishCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { describe, expect, test } from '@jest/globals';
import { sendEmail } from '#channels/sns-email.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { mockClient } from '#test/support/mock-client.ts';
import { anOutcome, EMAIL } from '#test/support/notify-world.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:tidegate-dev-mail-mail';
const MESSAGE = describeNews(anOutcome());

const setUp = (topics: readonly (readonly [string, string])[] = [['mail', TOPIC]]) => {
  const mock = mockClient(SNSClient);
  return { mock, send: sendEmail(new SNSClient({}), new Map(topics)) };
};

test('publishes subject and text on the topic of the channel', async () => {
  const { mock, send } = setUp([
    ['other', 'arn:aws:sns:us-east-1:123456789012:other'],
    ['mail', TOPIC],
  ]);
  mock.on(PublishCommand).resolves({ MessageId: '1' });

  expect(await send(EMAIL, MESSAGE)).toEqual({ kind: 'sent' });
  expect(mock.commandCalls(PublishCommand).map(({ args }) => args[0].input)).toEqual([
    {
      TopicArn: TOPIC,
      Subject: '[Tidegate] web scaled out from 4 to 6',
      Message: expect.stringContaining('web 4 → 6: cpu-high'),
    },
  ]);
});

test('a channel without a topic is the fault of the deployment, and the message is kept', async () => {
  const { mock, send } = setUp([]);

  expect(await send(EMAIL, MESSAGE)).toEqual({
    kind: 'failed',
    detail: 'the environment names no topic for the e-mail channel mail: deploy the stack again',
  });
  expect(mock.calls()).toEqual([]);
});

describe('what a fault of SNS means', () => {
  const options = { message: 'canary-7f3a9c', $metadata: { httpStatusCode: 500 } };
  const named = (name: string, more = {}) => Object.assign(new Error('canary'), { name, ...more });

  test.each([
    ['refused', 'InvalidParameter', new InvalidParameterException(options)],
    ['failed', 'InternalError', new InternalErrorException(options)],
    ['failed', 'AuthorizationError', new AuthorizationErrorException(options)],
    ['failed', 'CredentialsProviderError', named('CredentialsProviderError')],
    ['failed', 'ECONNREFUSED', named('Error', { code: 'ECONNREFUSED' })],
    ['unclear', 'TimeoutError', named('TimeoutError')],
    ['unclear', 'TimeoutError', named('TimeoutError', { $metadata: { attempts: 1 } })],
    ['unclear', 'ECONNRESET', named('Error', { code: 'ECONNRESET' })],
  ])('%s: %s', async (kind, code, fault) => {
    const { mock, send } = setUp();
    mock.on(PublishCommand).rejects(fault);

    const delivery = await send(EMAIL, MESSAGE);

    expect(delivery.kind).toBe(kind);
    expect(JSON.stringify(delivery)).toContain(code);
    expect(JSON.stringify(delivery)).not.toContain('canary');
  });
});
