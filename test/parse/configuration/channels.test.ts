import { describe, expect, test } from '@jest/globals';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { A_CHANNEL } from '#test/support/channels.ts';
import { fileWithGroup, linesOf } from './problems-in.ts';

const parse = (notify: string) => {
  const text = `${fileWithGroup('')}\nnotify: ${notify}`;
  const result = parseConfiguration(text, { file: 'tidegate.yml', prefix: 'p' });
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};

test.each([
  [
    '{ teams: ssm:/hook }',
    {
      kind: 'teams',
      webhookParameter: '/hook',
      origins: [
        'https://*.logic.azure.com',
        'https://*.powerplatform.com',
        'https://*.webhook.office.com',
      ],
    },
  ],
  [
    '{ teams: ssm:/hook, origin: "https://proxy.example.com" }',
    { kind: 'teams', webhookParameter: '/hook', origins: ['https://proxy.example.com'] },
  ],
  ['{ email: a@b.de, perHour: 5 }', { kind: 'email', address: 'a@b.de', perHour: 5 }],
  [
    '{ pagerduty: ssm:/key }',
    { kind: 'pagerduty', keyParameter: '/key', origin: 'https://events.pagerduty.com' },
  ],
  [
    '{ pagerduty: ssm:/key, origin: "https://events.eu.pagerduty.com" }',
    { kind: 'pagerduty', keyParameter: '/key', origin: 'https://events.eu.pagerduty.com' },
  ],
  [
    '{ webhook: ssm:/url, origin: "https://ops.example.com" }',
    { kind: 'webhook', webhookParameter: '/url', origins: ['https://ops.example.com'] },
  ],
  [
    '{ webhook: ssm:/url, origin: "https://ops.example.com", signingKey: ssm:/sign }',
    {
      kind: 'webhook',
      webhookParameter: '/url',
      origins: ['https://ops.example.com'],
      signingParameter: '/sign',
    },
  ],
  [
    '{ slackBot: ssm:/token, channel: C024BE91L }',
    {
      kind: 'slack-bot',
      tokenParameter: '/token',
      conversation: 'C024BE91L',
      origin: 'https://slack.com',
    },
  ],
  ['{ email: a@b.de, from: c@d.de }', { kind: 'mail', address: 'a@b.de', from: 'c@d.de' }],
  [
    '{ slack: secretsmanager:prod/tidegate@2 }',
    {
      kind: 'slack',
      webhookParameter: '/aws/reference/secretsmanager/prod/tidegate@2',
      origins: ['https://hooks.slack.com', 'https://hooks.slack-gov.com'],
    },
  ],
  [
    '{ email: a@b.de, quiet: { start: "0 22 * * *", end: "0 7 * * *", timezone: UTC } }',
    {
      kind: 'email',
      address: 'a@b.de',
      quiet: { kind: 'recurring', start: '0 22 * * *', end: '0 7 * * *', timezone: 'UTC' },
    },
  ],
])('the channel %s', (channel, expected) => {
  expect(parse(`{ channels: { it: ${channel} } }`).channels).toEqual([
    { name: 'it', ...(expected.kind === 'pagerduty' ? {} : { perHour: 60 }), ...expected },
  ]);
});

test.each(Object.values(A_CHANNEL))(
  'the channel $written is one of the kind $channel.kind',
  (each) => {
    expect(parse(`{ channels: { it: ${each.written} } }`).channels).toEqual([each.channel]);
  },
);

test('a route may be for some groups only', () => {
  const route = '{ on: [failed], groups: [web], to: [it] }';

  expect(parse(`{ channels: { it: { slack: ssm:/a } }, routes: [${route}] }`).routes).toEqual([
    { on: ['failed'], groups: ['web'], to: ['it'] },
  ]);
});

test('a route is for groups that exist', () => {
  const route = '{ on: [failed], groups: [wbe], to: [it] }';
  const notify = `{ channels: { it: { slack: ssm:/a } }, routes: [${route}] }`;

  expect(linesOf(`${fileWithGroup('')}\nnotify: ${notify}`)).toEqual([
    expect.stringMatching(
      /unknown-name notify.routes\[0\].groups\[0\]: no group is named "wbe" \| did you mean "web"\?$/,
    ),
  ]);
});

test('a route may gather', () => {
  const route = '{ on: [scaled], digest: 10m, to: [it] }';

  expect(parse(`{ channels: { it: { slack: ssm:/a } }, routes: [${route}] }`).routes).toEqual([
    { on: ['scaled'], digestSeconds: 600, to: ['it'] },
  ]);
});

describe('the looks at a group', () => {
  const groupIn = (every: string) =>
    parseConfiguration(
      `version: 1\ngroups: { web: { autoScalingGroup: web-prod, every: ${every} } }`,
      { file: 'tidegate.yml', prefix: 'p' },
    );

  test.each([
    { every: '15s', everySeconds: 15 },
    { every: '20s', everySeconds: 20 },
    { every: '30s', everySeconds: 30 },
    { every: '1m', everySeconds: undefined },
  ])('come every $every', ({ every, everySeconds }) => {
    const result = groupIn(every);
    expect(result.ok && result.value.groups[0]?.everySeconds).toBe(everySeconds);
  });

  test('come once more when a value is due', () => {
    const result = groupIn('auto');
    expect(result.ok && result.value.groups[0]).toMatchObject({ looksWhenDue: true });
    expect(result.ok && result.value.groups[0]?.everySeconds).toBeUndefined();
  });

  test.each(['10s', '14s', '25s', '2m', '15', 'on'])('do not come every %s', (every) => {
    const result = groupIn(every);
    expect(result.ok ? [] : result.problem).toMatchObject([{ path: 'groups.web.every' }]);
  });
});

test('a group may say where to read on, and what an instance costs', () => {
  const more =
    'runbook: https://wiki.example.com/web, dashboard: https://x.example/d, instanceHour: 0.08';
  const result = parseConfiguration(
    `version: 1\ngroups: { web: { autoScalingGroup: web-prod, ${more} } }`,
    { file: 'tidegate.yml', prefix: 'p' },
  );
  expect(result.ok && result.value.groups[0]).toMatchObject({
    runbook: 'https://wiki.example.com/web',
    dashboard: 'https://x.example/d',
    instanceHour: 0.08,
  });
});

test.each([
  ['{ slackBot: ssm:/t, channel: "#ops" }', /channels.it.channel: found "#ops"/],
  ['{ slackBot: xoxb-1-2, channel: C024BE91L }', /secret .*it.slackBot: found a token of Slack/],
  ['{ slack: "secretsmanager:a b" }', /channels.it.slack: found "secretsmanager:a b"/],
  ['{ email: a@b.de, quiet: { start: "0 22 * * *", timezone: UTC } }', /quiet: it says only start/],
  [
    '{ email: a@b.de, quiet: { from: 7, to: 2026-12-01, timezone: UTC } }',
    /quiet.from: found the number 7/,
  ],
  [
    '{ email: a@b.de, quiet: { from: 2026-12-02, to: 2026-12-01, timezone: UTC } }',
    /quiet.to: it ends before/,
  ],
  [
    '{ pagerduty: ssm:/k, quiet: { start: "0 1 * * *", end: "0 2 * * *", timezone: UTC } }',
    /unknown-key/,
  ],
])('the channel %s is refused', (channel, problem) => {
  const lines = linesOf(`${fileWithGroup('')}\nnotify: { channels: { it: ${channel} } }`);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(problem);
});
