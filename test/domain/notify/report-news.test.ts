import { describe, expect, test } from '@jest/globals';
import { newChannelState } from '#domain/notify/channel-state.ts';
import { chartedOf } from '#domain/notify/charted.ts';
import { describeDigest } from '#domain/notify/describe-digest.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { isUrgent, keyOfNews, referenceOf } from '#domain/notify/news.ts';
import { nextDispatch } from '#domain/notify/next-dispatch.ts';
import type { ReportNews } from '#domain/notify/report-news.ts';
import { destinationsFor } from '#domain/notify/routing.ts';
import { minutes, NOON } from '#test/support/builders.ts';
import { EVERY_CHANNEL } from '#test/support/channels.ts';
import { anOutcome, EMAIL, SLACK } from '#test/support/notify-world.ts';

const REPORT: ReportNews = {
  kind: 'report',
  at: NOON,
  days: 7,
  to: ['ops', 'mail'],
  title: 'The last 7 days: 85 changes',
  text: 'web: 41 out, 43 in',
  fields: [{ name: 'Changes', value: '42 out, 43 in' }],
};

describe('a scheduled report', () => {
  test('is known by its due time, so that it is told once however often it is sent', () => {
    expect(keyOfNews(REPORT)).toBe(keyOfNews({ ...REPORT, text: 'counted again' }));
    expect(keyOfNews(REPORT)).not.toBe(keyOfNews({ ...REPORT, at: NOON + 1 }));
    expect(referenceOf(REPORT)).toBe('report-2026-03-02T09:00');
  });

  test('goes to the channels of its schedule, whatever the routes say, and to none that keeps incidents', () => {
    const names = EVERY_CHANNEL.map(({ name }) => name);
    const places = destinationsFor(
      { channels: EVERY_CHANNEL, routes: [] },
      { ...REPORT, to: names },
      NOON,
    );

    expect(places.map(({ channel }) => channel)).toEqual(
      EVERY_CHANNEL.filter(({ kind }) => kind !== 'pagerduty').map(({ name }) => name),
    );
    expect(
      destinationsFor({ channels: [SLACK, EMAIL], routes: [] }, { ...REPORT, to: ['mail'] }, NOON),
    ).toEqual([
      {
        channel: 'mail',
        item: {
          key: keyOfNews(REPORT),
          news: { ...REPORT, to: ['mail'] },
          since: NOON,
          fallbacks: ['ops'],
        },
      },
    ]);
  });

  test('says where it is from, and the command that prints all of it', () => {
    expect(
      describeNews(REPORT, { service: 'tidegate', stage: 'prod', region: 'eu-central-1' }),
    ).toMatchObject({
      title: REPORT.title,
      text: REPORT.text,
      fields: [
        { name: 'Where', value: expect.stringContaining('prod') },
        ...REPORT.fields,
        {
          name: 'To read all of it',
          value: expect.stringMatching(/tidegate report --since 7d .*--stage prod/),
        },
      ],
      links: [],
      severity: 'info',
      incident: { key: `report/${NOON}`, phase: 'noted' },
    });
  });

  test('is not urgent, has no chart, and is counted by itself where it is listed', () => {
    expect(isUrgent(REPORT)).toBe(false);
    expect(chartedOf(REPORT, [])).toBeUndefined();
    expect(describeDigest([REPORT], NOON).fields).toEqual([
      { name: 'Reports', value: '1 × report' },
    ]);
  });

  test('is a message of its own, even where all other news is late', () => {
    const item = (news: ReportNews | ReturnType<typeof anOutcome>) => ({
      key: keyOfNews(news),
      news,
      since: NOON,
      fallbacks: [],
    });
    const others = [1, 2].map((id) =>
      item(anOutcome({ decisionId: `web-${id}`, at: NOON + id, kind: 'scaled' })),
    );
    const late = NOON + minutes(30);
    const dispatch = nextDispatch(
      { channel: SLACK, state: newChannelState, waiting: [item(REPORT), ...others] },
      late,
    );

    expect(dispatch).toEqual({ kind: 'send', items: [item(REPORT)] });
    expect(nextDispatch({ channel: SLACK, state: newChannelState, waiting: others }, late)).toEqual(
      { kind: 'send', items: others },
    );
  });
});
