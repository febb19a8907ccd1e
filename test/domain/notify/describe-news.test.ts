import { describe, expect, test } from '@jest/globals';
import { describeNews } from '#domain/notify/describe-news.ts';
import { NOON } from '#test/support/builders.ts';
import { anAlarmEvent, anOutcome } from '#test/support/notify-world.ts';

describe('the title says who and what', () => {
  const { capacity: _, ...plain } = anOutcome();
  const titleOf = (change: object) => describeNews({ ...plain, ...change } as never).title;

  test.each([
    ['web scaled out from 4 to 6', { kind: 'scaled', capacity: { from: 4, to: 6 } }],
    ['web scaled in from 6 to 5', { kind: 'scaled', capacity: { from: 6, to: 5 } }],
    ['web was scaled', { kind: 'scaled' }],
    ['web took 1 unhealthy target out of service', { kind: 'replaced', targets: ['i-1:80'] }],
    ['web took 2 unhealthy targets out of service', { kind: 'replaced', targets: ['a', 'b'] }],
    ['web took 0 unhealthy targets out of service', { kind: 'replaced' }],
    ['web tries a target again', { kind: 'replaced', reason: 'TargetsReturned' }],
    [
      'web put an instance aside to be looked at',
      { kind: 'replaced', reason: 'InstanceQuarantined' },
    ],
    ['web ended a quarantine', { kind: 'replaced', reason: 'QuarantineEnded' }],
    ['web was left as it is', { kind: 'held' }],
    ['web was changed by somebody else', { kind: 'foreign', reason: 'ForeignChange' }],
    ['web was taken in hand', { kind: 'override', reason: 'OverrideSet' }],
    ['web will soon be under its rules again', { kind: 'override', reason: 'OverrideEnding' }],
    ['web is under its rules again', { kind: 'override', reason: 'OverrideEnded' }],
    ['web has an override', { kind: 'override', reason: 'Steady' }],
    ['web is at its maximum and needs more', { kind: 'at-max' }],
    ['web is blocked: somebody must look', { kind: 'blocked' }],
    ['web could not be changed: somebody must look', { kind: 'failed' }],
  ])('%s', (title, change) => {
    expect(titleOf(change)).toBe(title);
  });

  test.each([
    ['ALARM', 'Alarm web-cpu-high is firing'],
    ['OK', 'Alarm web-cpu-high is OK'],
    ['INSUFFICIENT_DATA', 'Alarm web-cpu-high has too little data'],
    ['UNKNOWN', 'Alarm web-cpu-high is in a state that Tidegate does not know'],
  ] as const)('of an alarm in %s', (state, title) => {
    expect(describeNews(anAlarmEvent({ state })).title).toBe(title);
  });
});

test('an outcome is told with its sentence, its numbers and its id', () => {
  expect(describeNews(anOutcome())).toEqual({
    title: 'web scaled out from 4 to 6',
    text: 'web 4 → 6: cpu-high',
    links: [],
    fields: [
      { name: 'Group', value: 'web' },
      { name: 'Auto Scaling group', value: 'web-prod' },
      { name: 'Reason', value: 'ScaledOut' },
      { name: 'Capacity', value: '4 → 6' },
      { name: 'To hold it', value: 'npx tidegate pause web --for 1h --reason "…"' },
    ],
    severity: 'info',
    incident: { key: 'web/capacity', phase: 'closed' },
    reference: 'web-17',
    at: NOON,
  });
});

test('an alarm is told with its reason and where it comes from, without its account', () => {
  expect(describeNews(anAlarmEvent({ contributorId: 'b7c1' }))).toEqual({
    title: 'Alarm web-cpu-high is firing',
    text: 'Threshold Crossed',
    links: [],
    fields: [
      { name: 'State', value: 'OK → ALARM' },
      { name: 'Contributor', value: 'b7c1' },
    ],
    severity: 'warning',
    incident: { key: 'alarm/web-cpu-high/b7c1', phase: 'opened' },
    reference: 'web-cpu-high',
    at: NOON,
  });
});

test.each([
  [1, 'i-1'],
  [10, 'i-1, i-2, i-3, i-4, i-5, i-6, i-7, i-8, i-9, i-10'],
  [12, 'i-1, i-2, i-3, i-4, i-5, i-6, i-7, i-8, i-9, i-10 and 2 more'],
])('of %d targets ten are named', (count, value) => {
  const targets = Array.from({ length: count }, (_, index) => `i-${index + 1}`);
  const { fields } = describeNews(anOutcome({ kind: 'replaced', targets }));
  expect(fields.find(({ name }) => name === 'Targets')).toEqual({ name: 'Targets', value });
});
