import { expect, test } from '@jest/globals';
import { newChannelState } from '#domain/notify/channel-state.ts';
import { brokenChannelsIn, openAlarmsIn } from '#domain/status/deployment-status.ts';
import { minutes, NOON } from '#test/support/builders.ts';

const broken = { since: NOON, triedAt: NOON, detail: 'no_service', leftOut: 3 };

test('a broken channel is named with what it said and what was dropped', () => {
  const states = new Map([
    ['ops', { ...newChannelState, broken }],
    ['mail', newChannelState],
  ]);

  expect(brokenChannelsIn(states)).toEqual([
    { channel: 'ops', since: NOON, detail: 'no_service', leftOut: 3 },
  ]);
});

test('an alarm that several channels know is open once, since the first of them heard', () => {
  const alarm = (key: string, ago: number, isOpen = true) => ({
    key,
    isOpen,
    at: NOON - minutes(ago),
  });
  const states = new Map([
    ['ops', { ...newChannelState, alarms: [alarm('alarm/a', 2), alarm('alarm/b', 1, false)] }],
    ['mail', { ...newChannelState, alarms: [alarm('alarm/a', 3), alarm('alarm/c', 9)] }],
    ['new', newChannelState],
  ]);

  expect(openAlarmsIn(states)).toEqual([
    { key: 'alarm/c', since: NOON - minutes(9) },
    { key: 'alarm/a', since: NOON - minutes(3) },
  ]);
});
