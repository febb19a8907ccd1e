import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createSender } from '#cli/drill/load/sender.ts';

/** A sender of one second's worth at a steady rate, whose answers come when they are told to. */
const aSender = (rate: number, seconds = 10) => {
  const clock = { now: 0 };
  const open: ((result: string) => void)[] = [];
  const send = () =>
    new Promise<{ result: string }>((resolve) => open.push((result) => resolve({ result })));
  const stages = [{ seconds, from: rate, to: rate }];
  const sender = createSender({ stages, seconds }, { requests: { send }, now: () => clock.now }, 0);
  const at = (now: number): void => {
    clock.now = now;
    sender.release(now);
  };
  const answer = async (count: number, result = '200') => {
    for (const resolve of open.splice(0, count)) resolve(result);
    await setImmediate();
  };
  return { sender, at, answer };
};

test('requests are sent when they are due, whatever becomes of those before', () => {
  const { sender, at } = aSender(100);
  const sent = [10, 20, 500, 990].map((now) => {
    at(now);
    return sender.sent;
  });

  expect(sent).toEqual([1, 2, 50, 99]);
  expect(sender.underWay()).toBe(99);
  expect(sender.samples).toEqual([]);
});

test('a time counts from when the request was due, evenly between two releases', async () => {
  const { sender, at, answer } = aSender(4);
  at(500);
  await answer(2);

  expect(sender.samples).toEqual([
    { endedAt: 500, ms: 250, result: '200' },
    { endedAt: 500, ms: 0, result: '200' },
  ]);
});

test('nothing is sent after the time of the load is over', () => {
  const { sender, at } = aSender(10, 1);
  at(950);
  at(1_500);
  at(99_000);

  expect(sender.sent).toBe(10);
});

describe('a request that finds all 500 connections in use', () => {
  test('has failed, and is not sent', async () => {
    const { sender, at, answer } = aSender(1_000);
    at(501);

    expect(sender.sent).toBe(500);
    expect(sender.samples).toEqual([{ endedAt: 501, ms: 0, result: 'no connection was free' }]);
    await answer(1);
    at(502);
    expect(sender.sent).toBe(501);
  });
});

describe('a machine that was late', () => {
  test.each([
    { now: 1_000, sent: 10, skipped: 0 },
    { now: 3_000, sent: 11, skipped: 19 },
  ])('never sends what is late by more than a second: $skipped at $now ms', (expected) => {
    const { sender, at } = aSender(10);
    at(expected.now);

    expect({ sent: sender.sent, skipped: sender.skipped }).toEqual({
      sent: expected.sent,
      skipped: expected.skipped,
    });
    expect(sender.lagMs).toBe(expected.now);
  });
});

test('what ends after the load was stopped is not counted', async () => {
  const { sender, at, answer } = aSender(10);
  at(200);
  await answer(1);
  sender.stop();
  await answer(1, 'ECONNRESET');

  expect(sender.samples.map(({ result }) => result)).toEqual(['200']);
  expect(sender.underWay()).toBe(0);
});

test('a request that cannot even be asked has failed, with the reason', async () => {
  const send = () => Promise.reject(new Error('no socket'));
  const stages = [{ seconds: 1, from: 1, to: 1 }];
  const ports = { requests: { send }, now: () => 1_000 };
  const sender = createSender({ stages, seconds: 1 }, ports, 0);
  sender.release(1_000);
  await setImmediate();

  expect(sender.samples).toEqual([{ endedAt: 1_000, ms: 0, result: 'no socket' }]);
  expect(sender.underWay()).toBe(0);
});
