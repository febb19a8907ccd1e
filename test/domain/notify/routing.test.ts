import { describe, expect, test } from '@jest/globals';
import { type Channel, parametersOf } from '#domain/configuration/channel.ts';
import type { Route } from '#domain/configuration/configuration.ts';
import type { News } from '#domain/notify/news.ts';
import { atFallback, destinationsFor } from '#domain/notify/routing.ts';
import { NOON } from '#test/support/builders.ts';
import { anAlarmEvent, anOutcome, EMAIL, SLACK } from '#test/support/notify-world.ts';

const PAGER: Channel = {
  kind: 'pagerduty',
  name: 'pager',
  keyParameter: '/key',
  origin: 'https://events.pagerduty.com',
};

const BOT: Channel = {
  kind: 'slack-bot',
  name: 'bot',
  tokenParameter: '/token',
  conversation: 'C024BE91L',
  origin: 'https://slack.com',
};
const HTML: Channel = { kind: 'mail', name: 'html', address: 'a@b.de', from: 'c@d.de' };

const told = (route: Partial<Route>, news: News): readonly string[] =>
  destinationsFor(
    {
      channels: [SLACK, EMAIL, PAGER],
      routes: [{ on: ['scaled', 'blocked'], to: ['ops', 'pager'], ...route }],
    },
    news,
    NOON,
  ).map(({ channel }) => channel);

describe('a route', () => {
  test('leads the kinds of news that it names to its channels', () => {
    expect(told({}, anOutcome({ kind: 'blocked' }))).toEqual(['ops', 'pager']);
    expect(told({}, anOutcome({ kind: 'at-max' }))).toEqual([]);
  });

  test.each([
    { severities: ['info'], is: ['ops', 'pager'] },
    { severities: ['critical'], is: ['pager'] },
  ] as const)('with severities $severities leads what matters so much', ({ severities, is }) => {
    expect(told({ severities }, anOutcome({ kind: 'scaled' }))).toEqual(is);
  });

  test('with groups leads only what is about these', () => {
    expect(told({ groups: ['web'] }, anOutcome())).toEqual(['ops', 'pager']);
    expect(told({ groups: ['batch'] }, anOutcome())).toEqual([]);
    expect(told({ groups: ['web'], on: ['alarm'] }, anAlarmEvent())).toEqual([]);
  });
});

describe('who keeps incidents', () => {
  const to: Partial<Route> = { on: ['blocked'] };

  test.each([
    { why: 'it is over', news: anOutcome({ kind: 'scaled' }), is: ['pager'] },
    {
      why: 'nothing is left to do',
      news: anOutcome({ kind: 'held', reason: 'Steady' }),
      is: ['pager'],
    },
    {
      why: 'somebody took the group in hand',
      news: anOutcome({ kind: 'override', reason: 'OverrideSet' }),
      is: ['pager'],
    },
    { why: 'it waits', news: anOutcome({ kind: 'held', reason: 'CoolingDown' }), is: [] },
  ])('hears that $why: $is', ({ news, is }) => {
    expect(told(to, news)).toEqual(is);
  });

  test('hears nothing of the sort when its routes open none', () => {
    expect(told({ on: ['alert'] }, anOutcome({ kind: 'scaled' }))).toEqual([]);
  });

  test('hears of the end of an alarm that its routes name, and of no other', () => {
    expect(
      told({ on: ['alarm'], severities: ['critical'] }, anAlarmEvent({ state: 'OK' })),
    ).toEqual(['pager']);
    expect(told(to, anAlarmEvent({ state: 'OK' }))).toEqual([]);
  });
});

test('a channel needs the parameters that keep its secrets', () => {
  const webhook = { ...SLACK, kind: 'webhook' } as const;

  expect(
    [EMAIL, HTML, BOT, PAGER, SLACK, webhook, { ...webhook, signingParameter: '/sign' }].map(
      parametersOf,
    ),
  ).toEqual([
    [],
    [],
    ['/token'],
    ['/key'],
    ['/tidegate/slack-webhook'],
    ['/tidegate/slack-webhook'],
    ['/tidegate/slack-webhook', '/sign'],
  ]);
});

test('what no other channel is left for goes on without fallbacks', () => {
  const [place] = destinationsFor(
    { channels: [SLACK, EMAIL, PAGER], routes: [{ on: ['scaled'], to: ['ops'] }] },
    anOutcome(),
    NOON,
  );
  const item = place?.item;
  if (item === undefined) throw new Error('no route leads anywhere');
  expect(item.fallbacks).toEqual(['mail', 'pager']);
  expect(atFallback(item, 'mail').item.fallbacks).toEqual(['pager']);
  expect(atFallback(item, 'pager').item.fallbacks).toEqual([]);
  expect(atFallback(item, 'gone').item.fallbacks).toEqual([]);
});
