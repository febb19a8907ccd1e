import { describe, expect, test } from '@jest/globals';
import type { Alert } from '#domain/configuration/alert.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { isUrgent, keyOfNews, type News, recognise } from '#domain/notify/news.ts';
import { destinationsFor } from '#domain/notify/routing.ts';
import { NOON } from '#test/support/builders.ts';
import { anAlarmEvent, anOutcome } from '#test/support/notify-world.ts';

const ALERT: Alert = {
  name: 'error-rate',
  group: 'web',
  alarm: 'web-errors',
  severity: 'critical',
  condition: {
    text: 'errors > 1 for 5m',
    metric: 'errors',
    comparison: '>',
    threshold: 1,
    datapoints: 5,
    periods: 5,
  },
};
const OPS = { kind: 'email', name: 'ops', address: 'ops@example.com' } as const;
const channelsFor = (plan: Parameters<typeof destinationsFor>[0], told: News) =>
  destinationsFor(plan, told, NOON).map(({ channel }) => channel);
const event = anAlarmEvent({ name: 'web-errors' });
const news = recognise({ alerts: [ALERT] }, event);

describe('the alarm of an alert', () => {
  test('is recognised by its name, and nothing else is', () => {
    expect(news).toEqual({ ...event, alert: ALERT });
    expect(recognise({ alerts: [ALERT] }, anAlarmEvent())).toEqual(anAlarmEvent());
    expect(recognise({ alerts: [ALERT] }, anOutcome())).toEqual(anOutcome());
  });

  test('stays the same piece of news', () => {
    expect(keyOfNews(news)).toBe(keyOfNews(event));
  });

  test.each([
    { on: ['alert'], severities: undefined, isTold: true },
    { on: ['alert'], severities: ['critical'], isTold: true },
    { on: ['alert'], severities: ['info', 'warning'], isTold: false },
    { on: ['alarm'], severities: undefined, isTold: false },
  ] as const)('goes by a route on $on of $severities: $isTold', ({ on, severities, isTold }) => {
    const route = { on, to: ['ops'], ...(severities ? { severities } : {}) };
    const configuration = { channels: [OPS], routes: [route] };

    expect(channelsFor(configuration, news)).toEqual(isTold ? ['ops'] : []);
  });

  test('is told apart from other alarms, which are warnings', () => {
    const route = { on: ['alarm', 'scaled'], severities: ['info'], to: ['ops'] } as const;

    expect(channelsFor({ channels: [OPS], routes: [route] }, anOutcome())).toEqual(['ops']);
    expect(channelsFor({ channels: [OPS], routes: [route] }, anAlarmEvent())).toEqual([]);
  });

  test.each([
    { title: 'a critical one that fires', urgent: news, isUrgent: true },
    { title: 'its end', urgent: { ...news, state: 'OK' }, isUrgent: false },
    {
      title: 'a warning',
      urgent: { ...news, alert: { ...ALERT, severity: 'warning' } },
      isUrgent: false,
    },
    { title: 'an alarm of no alert', urgent: event, isUrgent: false },
  ])('is urgent or not: $title', ({ urgent, isUrgent: expected }) => {
    expect(isUrgent(urgent as typeof news)).toBe(expected);
  });

  test('is told with its group, its condition and why', () => {
    expect(describeNews(news)).toEqual({
      title: 'web: error-rate needs a look',
      text: 'errors > 1 for 5m. Threshold Crossed',
      links: [],
      fields: [
        { name: 'Group', value: 'web' },
        { name: 'Severity', value: 'critical' },
        { name: 'Condition', value: 'errors > 1 for 5m' },
      ],
      severity: 'critical',
      incident: { key: 'web/alert/error-rate', phase: 'opened' },
      reference: 'web-errors',
      at: event.at,
    });
  });

  test.each([
    ['OK', 'web: error-rate is over', 'Threshold Crossed'],
    ['INSUFFICIENT_DATA', 'web: error-rate has too little data', 'Threshold Crossed'],
    ['UNKNOWN', 'web: error-rate is in a state that Tidegate does not know', 'Threshold Crossed'],
  ] as const)('in %s says: %s', (state, title, text) => {
    expect(describeNews({ ...news, state } as typeof news)).toMatchObject({ title, text });
  });
});
