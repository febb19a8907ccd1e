import { describe, expect, test } from '@jest/globals';
import { remedyFor } from '#cli/notify/remedy-for.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import { EMAIL, SLACK } from '#test/support/notify-world.ts';

const MAIL: Channel = { kind: 'mail', name: 'mail', address: 'a@b.de', from: 'c@d.de' };
const SECRET: Channel = { ...SLACK, webhookParameter: '/aws/reference/secretsmanager/slack' };

describe('what to do about a trial that did not get through', () => {
  test.each([
    [SLACK, 'failed', 'could not be read: ParameterNotFound', 'aws ssm put-parameter'],
    [SECRET, 'failed', 'could not be read: ResourceNotFoundException', 'aws secretsmanager'],
    [SLACK, 'failed', 'could not be read: AccessDeniedException', 'ssm:GetParameter'],
    [MAIL, 'broken', 'SES did not take the mail: AccessDeniedException', 'ses:SendEmail'],
    [EMAIL, 'failed', 'SNS did not take it: AuthorizationErrorException', 'sns:Publish'],
    [SLACK, 'failed', 'could not be read: CredentialsProviderError', 'sign in'],
    [EMAIL, 'failed', 'the environment names no topic for the channel', '--topic ARN'],
    [SLACK, 'failed', 'the parameter /p holds no webhook address of x', 'put the whole URL there'],
    [SLACK, 'failed', 'Slack answered 429', 'in a minute'],
    [SLACK, 'failed', 'Slack gave no answer: ENOTFOUND', 'cannot reach it'],
    [SLACK, 'broken', 'Slack answered 404', 'make a new one'],
    [MAIL, 'broken', 'SES did not take the mail: MessageRejected', 'verify the sender'],
    [SLACK, 'refused', 'Slack answered 400', 'others may get through'],
    [SLACK, 'failed', 'Slack answered 500', 'try again'],
    [SLACK, 'unclear', 'Slack gave no answer: TimeoutError', 'look whether it is there'],
  ] as const)('on %j: %s, %s', (channel, kind, detail, expected) => {
    expect(remedyFor(channel, { kind, detail })).toContain(expected);
  });

  test.each(['slack-bot', 'pagerduty', 'webhook', 'teams', 'email'] as const)(
    'that is broken has an answer for %s',
    (kind) => {
      const channel = { ...SLACK, kind, keyParameter: '/k', tokenParameter: '/k' } as never;
      expect(remedyFor(channel, { kind: 'broken', detail: 'gone' }).length).toBeGreaterThan(20);
    },
  );
});
