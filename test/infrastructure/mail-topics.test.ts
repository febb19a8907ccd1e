import { describe, expect, test } from '@jest/globals';
import {
  mailChannels,
  mailTopicArns,
  mailTopicId,
  mailTopics,
} from '#infrastructure/mail-topics.ts';
import { queues } from '#infrastructure/queues.ts';
import { parseMailTopics } from '#parse/mail-topics.ts';
import { at } from './checks/compiled-template.ts';

const DEPLOYMENT = { service: 'tidegate', stage: 'dev' };
const MAIL = { kind: 'email', name: 'mail', address: 'ops@example.com' } as const;
const BOSS = { kind: 'email', name: 'the-boss', address: 'boss@example.com' } as const;
const SLACK = {
  kind: 'slack',
  name: 'ops',
  webhookParameter: '/tidegate/slack-webhook',
  origins: ['https://hooks.slack.com'],
} as const;

const subscriptionsIn = (resources: ReturnType<typeof mailTopics>) =>
  Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::SNS::Subscription')
    .map(({ Properties }) => ({ topic: at(Properties.TopicArn, 'Ref'), to: Properties.Endpoint }));

test('only e-mail channels have topics', () => {
  expect(mailChannels([SLACK, MAIL, BOSS])).toEqual([MAIL, BOSS]);
});

describe('mail topics', () => {
  test('are one for each channel, and each address hears of operations too', () => {
    expect(subscriptionsIn(mailTopics(DEPLOYMENT, [MAIL, BOSS]))).toEqual([
      { topic: mailTopicId(MAIL), to: 'ops@example.com' },
      { topic: mailTopicId(BOSS), to: 'boss@example.com' },
      { topic: 'OperationsTopic', to: 'ops@example.com' },
      { topic: 'OperationsTopic', to: 'boss@example.com' },
    ]);
  });

  test('are not for mailboxes that SES serves, which hear of operations all the same', () => {
    const html = { kind: 'mail', name: 'html', address: 'a@b.de', from: 'c@d.de' } as const;
    expect(subscriptionsIn(mailTopics(DEPLOYMENT, [html, { ...html, name: 'again' }]))).toEqual([
      { topic: 'OperationsTopic', to: 'a@b.de' },
    ]);
  });

  test('are named after their channel', () => {
    const topic = mailTopics(DEPLOYMENT, [BOSS])[mailTopicId(BOSS)];

    expect(topic?.Properties).toEqual({ TopicName: 'tidegate-dev-mail-the-boss' });
  });

  test('may put aside what they cannot deliver', () => {
    const policy = queues(DEPLOYMENT, [mailTopicId(MAIL)], {}).UndeliveredQueuePolicy;
    const sources = at(policy?.Properties, 'PolicyDocument', 'Statement', 0, 'Condition');

    expect(at(sources, 'ArnEquals', 'aws:SourceArn')).toContainEqual({ Ref: mailTopicId(MAIL) });
  });

  test('are not there without e-mail', () => {
    expect(mailTopics(DEPLOYMENT, [])).toEqual({});
  });
});

describe('the variable MAIL_TOPIC_ARNS', () => {
  /** As CloudFormation replaces placeholders. */
  const deployed = (value: unknown) =>
    String(typeof value === 'string' ? value : at(value, 'Fn::Sub')).replaceAll(
      /\$\{(\w+)\}/g,
      'arn:aws:sns:us-east-1:1:$1',
    );

  test.each([
    { channels: [], expected: {} },
    {
      channels: [MAIL, BOSS],
      expected: {
        mail: `arn:aws:sns:us-east-1:1:${mailTopicId(MAIL)}`,
        'the-boss': `arn:aws:sns:us-east-1:1:${mailTopicId(BOSS)}`,
      },
    },
  ])('is what notify reads: $expected', ({ channels, expected }) => {
    expect(parseMailTopics(deployed(mailTopicArns(channels)))).toEqual({
      ok: true,
      value: new Map(Object.entries(expected)),
    });
  });
});
