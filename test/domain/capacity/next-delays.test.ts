import { expect, test } from '@jest/globals';
import { isDelayNews, metricsRead, nextDelays } from '#domain/capacity/next-delays.ts';
import {
  aGroup,
  anObservation,
  aScaleHead,
  minutes,
  NOON,
  seconds,
} from '#test/support/builders.ts';
import { FORECAST } from '#test/support/demand.ts';
import { CPU, REQUESTS } from '#test/support/readings.ts';

const TRACK = {
  kind: 'track',
  name: 'busy',
  metric: 'cpu',
  target: 50,
  isTotal: false,
  onMissing: 'hold',
} as const;
const group = aGroup({
  rules: [TRACK, { ...TRACK, name: 'again' }, FORECAST],
  metrics: { cpu: CPU, requests: { ...REQUESTS, periodSeconds: 10 } },
  looksWhenDue: true,
});
const delays = { cpu: { absentAt: 10, thereAt: 40 } };

test('metrics that rules read are listed once each, a forecast one by its minutes', () => {
  expect(metricsRead(group)).toEqual([
    { name: 'cpu', metric: CPU },
    { name: 'requests', metric: REQUESTS },
  ]);
});

test('a look that saw no value keeps what is known, and is no news', () => {
  const observation = anObservation({ group, head: aScaleHead({ delays }) });
  expect(nextDelays(observation)).toEqual({ delays });
  expect(isDelayNews(observation)).toBe(false);
});

test('a look that narrows a delay is news, and so is the first of a metric', () => {
  const newest = { cpu: NOON - minutes(1) - seconds(25) };
  const narrowed = anObservation({ group, newest, head: aScaleHead({ delays }) });
  expect(nextDelays(narrowed)).toEqual({ delays: { cpu: { absentAt: 10, thereAt: 25 } } });
  expect(isDelayNews(narrowed)).toBe(true);
  const first = anObservation({ group, newest });
  expect(nextDelays(first)).toEqual({ delays: { cpu: { absentAt: 0, thereAt: 25 } } });
  expect(isDelayNews(first)).toBe(true);
});
