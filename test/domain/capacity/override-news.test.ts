import { describe, expect, test } from '@jest/globals';
import type { Observation } from '#domain/capacity/observation.ts';
import { isOverrideNews, overrideNews } from '#domain/capacity/override-news.ts';
import type { Announced } from '#domain/ledger/head.ts';
import type { Override } from '#domain/ledger/override.ts';
import { anObservation, anOverride, aScaleHead, minutes, NOON } from '#test/support/builders.ts';

const told = (override: Override, isEnding = false): Announced => ({ override, isEnding });
const observe = (override?: Override, announced?: Announced): Observation => ({
  ...anObservation(override ? { override } : {}),
  head: aScaleHead(announced ? { announced } : {}),
});
const newsOf = (observation: Observation) => {
  const { outcomes, announced } = overrideNews(observation);
  return {
    told: outcomes.map(({ reason, decisionId, summary }) => `${reason} ${decisionId}: ${summary}`),
    announced,
  };
};

describe('an override', () => {
  const pause = anOverride();

  test('is told when it begins, as news about its group', () => {
    const { outcomes, announced } = overrideNews(observe(pause));

    expect(outcomes).toEqual([
      {
        schemaVersion: 1,
        kind: 'override',
        decisionId: 'web-pause-1',
        group: 'web',
        autoScalingGroup: 'web-prod',
        at: NOON,
        reason: 'OverrideSet',
        summary: 'web is paused by ann until 2026-03-02 09:59 UTC: moving the database',
      },
    ]);
    expect(announced).toEqual(told(pause));
  });

  test('is told once', () => {
    const observation = observe(pause, told(pause));

    expect(newsOf(observation)).toEqual({ told: [], announced: told(pause) });
    expect(isOverrideNews(observation)).toBe(false);
  });

  test('that takes the place of another says so', () => {
    const pin = anOverride({ id: 'web-pin-2', kind: 'pin', capacity: 7, by: 'bob' } as never);

    expect(newsOf(observe(pin, told(pause))).told).toEqual([
      'OverrideSet web-pin-2: web is pinned to 7 by bob until 2026-03-02 09:59 UTC: moving the database ' +
        '(before: paused by ann until 2026-03-02 09:59 UTC: moving the database)',
    ]);
  });

  test.each([
    { left: 11, title: 'nothing eleven minutes before its end', reasons: [] },
    { left: 10, title: 'its end ten minutes before', reasons: ['OverrideEnding'] },
  ])('says $title', ({ left, reasons }) => {
    const override = anOverride({ until: NOON + minutes(left), since: NOON - minutes(30) });
    const { outcomes, announced } = overrideNews(observe(override, told(override)));

    expect(outcomes.map(({ reason }) => reason)).toEqual(reasons);
    expect(announced?.isEnding).toBe(reasons.length > 0);
  });

  test('says once that it ends soon', () => {
    const override = anOverride({ until: NOON + minutes(5), since: NOON - minutes(30) });

    expect(newsOf(observe(override, told(override, true))).told).toEqual([]);
  });

  test.each([
    { lasts: 20, isRecalled: false },
    { lasts: 21, isRecalled: true },
  ])('of $lasts minutes is recalled before its end: $isRecalled', ({ lasts, isRecalled }) => {
    const override = anOverride({ until: NOON + minutes(5), since: NOON - minutes(lasts - 5) });

    expect(newsOf(observe(override, told(override))).told).toHaveLength(isRecalled ? 1 : 0);
  });

  test('that is first seen at its end is told once, as it begins', () => {
    const override = anOverride({ until: NOON + minutes(5), since: NOON - minutes(30) });
    const { told: lines, announced } = newsOf(observe(override));

    expect(lines).toHaveLength(1);
    expect(announced?.isEnding).toBe(true);
  });

  test.each([
    {
      title: 'its time was over',
      stored: anOverride({ until: NOON }),
      how: 'was over at 2026-03-02 09:00 UTC',
    },
    {
      title: 'somebody ended it, and why',
      stored: anOverride({ ended: { by: 'bob', at: NOON, reason: 'done' } }),
      how: 'was ended by bob: done',
    },
    {
      title: 'somebody ended it without a word',
      stored: anOverride({ ended: { by: 'bob', at: NOON } }),
      how: 'was ended by bob',
    },
    { title: 'it was deleted', stored: undefined, how: 'was deleted' },
    {
      title: 'another one had come and gone',
      stored: anOverride({ id: 'other', ended: { by: 'bob', at: NOON } }),
      how: 'was deleted',
    },
  ])('that is over says so: $title', ({ stored, how }) => {
    const before = stored?.id === 'web-pause-1' ? { ...stored, ended: undefined } : pause;
    const { told: lines, announced } = newsOf(observe(stored, told(before as Override)));

    expect(lines).toEqual([
      `OverrideEnded web-pause-1-ended: web is under its rules again: the pause of ann ${how}`,
    ]);
    expect(announced).toBeUndefined();
  });

  test('that nobody was told of ends without a word', () => {
    const observation = observe(anOverride({ until: NOON }));

    expect(newsOf(observation)).toEqual({ told: [], announced: undefined });
    expect(isOverrideNews(observation)).toBe(false);
  });
});
