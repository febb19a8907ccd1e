import { expect, test } from '@jest/globals';
import { parseConfiguration } from '../../../shared/parse/configuration/parse-configuration.ts';
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
      ...{ kind: 'teams', webhookParameter: '/hook' },
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
      ...{ kind: 'webhook', webhookParameter: '/url', origins: ['https://ops.example.com'] },
      signingParameter: '/sign',
    },
  ],
])('the channel %s', (channel, expected) => {
  expect(parse(`{ channels: { it: ${channel} } }`).channels).toEqual([
    { name: 'it', ...(expected.kind === 'pagerduty' ? {} : { perHour: 60 }), ...expected },
  ]);
});

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
