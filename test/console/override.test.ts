import { describe, expect, test } from '@jest/globals';
import { actOnOverride, type OverrideAction } from '#console/override/act-on-override.ts';
import type { Override } from '#domain/ledger/override.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { dayConfiguration } from '#test/support/watched-day.ts';

const { groups } = dayConfiguration();

/** Acts on a table in memory, and says what was answered and what stands there. */
const act = async (action: OverrideAction, stored?: Override, isTaken = true) => {
  let written = stored;
  const answer = await actOnOverride(action, {
    groups,
    user: 'ann',
    now: NOON,
    overrides: {
      read: async () => stored,
      write: async (_, override) => {
        if (isTaken) written = override;
        return isTaken;
      },
    },
  });
  return { answer, written };
};

const PAUSE: Override = {
  id: 'web-pause-20260302T090000Z',
  kind: 'pause',
  by: 'ann',
  reason: 'a sale',
  since: NOON,
  until: NOON + minutes(60),
};

describe('an override from the page', () => {
  test('is set as the command sets it', async () => {
    expect(await act({ kind: 'pause', group: 'web', for: '1h', reason: ' a sale ' })).toEqual({
      answer: { isDone: true, text: 'web is paused by ann until 2026-03-02 10:00 UTC: a sale' },
      written: PAUSE,
    });
  });

  test('is ended as the command ends it', async () => {
    expect(await act({ kind: 'resume', group: 'web', reason: 'over' }, PAUSE)).toEqual({
      answer: {
        isDone: true,
        text: 'web is under its rules again; it was paused by ann until 2026-03-02 10:00 UTC: a sale',
      },
      written: { ...PAUSE, ended: { by: 'ann', at: NOON, reason: 'over' } },
    });
  });

  test('that is not there is not ended', async () => {
    const { answer } = await act({ kind: 'resume', group: 'web', reason: '' });

    expect(answer).toEqual({
      isDone: true,
      text: 'web is under its rules already: nothing holds it',
    });
  });

  test.each<Readonly<{ action: OverrideAction; says: RegExp }>>([
    {
      action: { kind: 'pause', group: 'web', for: '1h', reason: ' ' },
      says: /^the reason is empty/,
    },
    { action: { kind: 'pause', group: 'web', for: 'long', reason: 'x' }, says: /^--for: / },
    {
      action: { kind: 'pin', group: 'web', capacity: 25, for: '1h', reason: 'x' },
      says: /^25 is above the maximum of 24/,
    },
    {
      action: { kind: 'cap', group: 'web', capacity: 2, for: '1h', reason: 'x' },
      says: /^2 is below the minimum of 3/,
    },
    { action: { kind: 'pause', group: 'wep', for: '1h', reason: 'x' }, says: /no group wep/ },
  ])('is refused and not written: $says', async ({ action, says }) => {
    const { answer, written } = await act(action);

    expect([answer.isDone, written]).toEqual([false, undefined]);
    expect(answer.text).toMatch(says);
  });

  test('is not written over what somebody else has written meanwhile', async () => {
    const { answer } = await act(
      { kind: 'pause', group: 'web', for: '1h', reason: 'x' },
      PAUSE,
      false,
    );

    expect(answer).toEqual({
      isDone: false,
      text: 'somebody else changed the same override at the same time',
      help: 'nothing was written; see what holds now: tidegate overrides',
    });
  });
});
