import { describe, expect, test } from '@jest/globals';
import type * as z from 'zod';
import { CHANNEL_FORMS } from '#parse/configuration/channel-forms.ts';
import { describeProblem } from '#parse/configuration/describe-problem.ts';
import { maskKeyed, maskShapes } from '#parse/configuration/mask-secrets.ts';
import { fileWithGroup, problemsIn } from './problems-in.ts';

const said = (text: string): string =>
  problemsIn(text)
    .map((each) => `${describeProblem(each)} ${JSON.stringify(each)}`)
    .join('\n');

const TEAMS = 'https://prod-12.westeurope.logic.azure.com:443/workflows/canary?sig=canary';

describe('a secret is in no part of any problem', () => {
  test.each([
    ['slack', 'https://hooks.slack.com/services/T0/B0/canary'],
    ['slack', 'ssm:https://hooks.slack.com/services/T0/B0/canary'],
    ['slackBot', 'xoxb-123456789012-canary'],
    ['slackBot', '"ssm:/xoxb-123456789012-canary"'],
    ['teams', TEAMS],
    ['pagerduty', '0123456789abcdef0123456789canary'],
    ['webhook', 'https://hooks.example.com/canary'],
    ['webhook', 'https://canary@hooks.example.com/'],
    ['signingKey', 'mysigningkeycanary'],
    ['signingKey', "'a canary, in quotes'"],
    ['signingKey', 'a canary, without quotes'],
    ['signingKey', '|\n          a canary'],
    ['signingKey', '\n          canary'],
    ['signingKey', '!secret canary'],
    ...['@', '*', '&', '%', '`', '[', '{', '"', "'", '"a" ', 'my: ', '[ ', '!'].map((before) => [
      'signingKey',
      `${before}canary-1234`,
    ]),
    ['signingKei', 'misspelt-key-canary'],
    ['origin', 'https://hooks.example.com/canary'],
    ['url', 'https://hooks.example.com/canary'],
  ])('%s: %s', (key, value) => {
    const text = `${fileWithGroup('')}
notify:
  channels:
    ops:
      ${key}: ${value}
      perHour: many
`;

    expect(said(text)).toContain('tidegate.yml:');
    expect(said(text)).not.toContain('canary');
    expect(said(`${text}    bad: [\n`)).not.toContain('canary');
  });

  test.each([
    '# was xoxb-123456789012-canary',
    `# ${TEAMS}`,
    '# prod-12.westeurope.logic.azure.com/workflows/canary',
    '# /services/T0/B0/canary',
    '# the key is e93facc04764012d7bfb002500canary',
    '# signingKey: canary',
    '# "signing-key" = "canary"',
  ])('not even from a comment beside it: %s', (comment) => {
    expect(said(`${comment}\nversion: 2\ngroups: {}`)).not.toContain('canary');
  });

  test('an anchor elsewhere does not show it', () => {
    const text = `x: &key mysigningcanary\nversion: 1\ngroups: {}
notify: { channels: { own: { signingKey: *key } } }`;

    expect(said(text)).toContain('unknown key "x"');
    expect(said(text)).not.toContain('canary');
  });
});

/** Keys of channels whose values anybody may see. */
const PUBLIC_KEYS = ['channel', 'origin', 'perHour', 'quiet', 'email', 'from'];
const SECRET_KEYS = Object.values(CHANNEL_FORMS)
  .flatMap(({ schema }) => Object.keys((schema as unknown as z.ZodObject).shape))
  .filter((key) => !PUBLIC_KEYS.includes(key));

test.each([...new Set(SECRET_KEYS)])(
  'a secret under %s is masked in text that is no YAML',
  (key) => {
    expect(maskKeyed(`# ${key}: canary`)).toBe(`# ${key}: ******`);
  },
);

test.each([
  ['slack', /the URL .*slack-webhook.*make Slack issue a new URL/],
  ['slackBot', /the bot token .*slack-bot.*revoke the token in Slack/],
  ['teams', /the URL .*teams-webhook.*delete this workflow in Teams/],
  ['pagerduty', /the routing key .*pagerduty-key.*delete this integration in PagerDuty/],
  ['webhook', /the URL .*own-webhook.*give your server another URL/],
  ['signingKey', /the signing key .*own-signing-key.*make another key/],
])('the way out of a secret under %s is in the words of its service', (key, help) => {
  const webhook = key === 'signingKey' ? 'webhook: ssm:/a, ' : '';
  const channel = `{ ${webhook}${key}: mysecretvalue }`;
  const problems = problemsIn(`${fileWithGroup('')}\nnotify: { channels: { it: ${channel} } }`);

  expect(problems.find(({ code }) => code === 'secret')?.suggestion).toMatch(help);
});

test.each([
  'runbook: https://wiki.example.com',
  'queue: https://sqs.eu-west-1.amazonaws.com/123456789012/orders',
  'targetGroup: targetgroup/web/73e2d6bc24d8a06773e2d6bc24d8a067',
  'autoScalingGroup: web-prod-and-a-name-that-is-longer-than-thirty-two-characters',
  'slack: ssm:/tidegate/slack-webhook',
  'slack: "secretsmanager:ops/slack"',
  'slack:',
  'slack: { slack: ssm:/hook }',
  'teams:\n  autoScalingGroup: teams-prod',
  'teams:\n  - web',
  'to: [slack, teams]',
  'Bot User OAuth Token (xoxb-…)',
])('what is no secret stays readable: %s', (text) => {
  expect(maskKeyed(text).split('\n').map(maskShapes).join('\n')).toBe(text);
});

test('the host of an address is shown, and the rest keeps its length', () => {
  expect(maskShapes('a: https://me:pw@hooks.example.com:8443/canary?x=1, b: 2')).toBe(
    'a: https://*****@hooks.example.com:8443/**********, b: 2',
  );
  expect(maskShapes('https://q.s3.amazonaws.com/a/b?X-Amz-Signature=canary')).toBe(
    'https://q.s3.amazonaws.com/a/b***********************',
  );
});

test('the flow of YAML ends where it did', () => {
  expect(maskKeyed('it: { webhook: canary, origin: x } # own')).toBe(
    'it: { webhook: ******, origin: x } # own',
  );
});

test('a file of nothing but secrets is refused in time', () => {
  const lines = Array.from({ length: 5_000 }, (_, each) => `slack: canary${each}a${each}`);
  const begin = performance.now();

  expect(problemsIn(lines.join('\n')).length).toBeGreaterThan(0);
  expect(performance.now() - begin).toBeLessThan(10_000);
});
