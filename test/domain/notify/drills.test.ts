import { describe, expect, test } from '@jest/globals';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Route } from '#domain/configuration/configuration.ts';
import type { DrillNews, Rehearsal } from '#domain/ledger/drill.ts';
import { describeDigest } from '#domain/notify/describe-digest.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import { isUrgent, keyOfNews } from '#domain/notify/news.ts';
import { isCounted } from '#domain/notify/next-dispatch.ts';
import { destinationsFor } from '#domain/notify/routing.ts';
import { NOON } from '#test/support/builders.ts';
import { A_CHANNEL } from '#test/support/channels.ts';
import { anOutcome, EMAIL, SLACK } from '#test/support/notify-world.ts';

const WOULD: Rehearsal = {
  outcome: 'scaled',
  group: 'web',
  autoScalingGroup: 'web-prod',
  reason: 'ScaledOut',
  summary: 'web 4 → 6: cpu-high',
  capacity: { from: 4, to: 6 },
};
const drilled = (change: Partial<Rehearsal> = {}): DrillNews => ({
  kind: 'drill',
  drill: 'drill-1234',
  at: NOON,
  would: { ...WOULD, ...change },
});
const OF_CHANNEL: DrillNews = { kind: 'drill', drill: 'drill-1234', at: NOON, channel: 'ops' };
const PAGER: Channel = { ...A_CHANNEL.pagerduty.channel, name: 'pager' };

const channelsOf = (news: DrillNews, routes: readonly Route[]) =>
  destinationsFor({ channels: [SLACK, EMAIL, PAGER], routes }, news, NOON).map(
    ({ channel }) => channel,
  );

describe('the news of a drill', () => {
  test('goes where the outcome would go: by kind, by group and by severity', () => {
    const scaled: Route = { on: ['scaled'], to: ['ops', 'pager'] };
    const critical: Route = { on: ['blocked'], to: ['mail'], severities: ['critical'] };

    expect(channelsOf(drilled(), [scaled])).toEqual(['ops']);
    expect(channelsOf(drilled(), [{ ...scaled, groups: ['api'] }])).toEqual([]);
    expect(channelsOf(drilled(), [{ ...scaled, groups: ['web'] }])).toEqual(['ops']);
    expect(channelsOf(drilled({ outcome: 'blocked', reason: 'NotManaged' }), [critical])).toEqual([
      'mail',
    ]);
    expect(
      channelsOf(drilled({ outcome: 'blocked', reason: 'ForeignWriter' }), [critical]),
    ).toEqual([]);
    expect(channelsOf(drilled({ outcome: 'held' }), [scaled, critical])).toEqual([]);
  });

  test('of a channel goes there alone, whatever the routes say', () => {
    expect(channelsOf(OF_CHANNEL, [{ on: ['scaled'], to: ['mail'] }])).toEqual(['ops']);
    expect(channelsOf({ ...OF_CHANNEL, channel: 'pager', phase: 'opened' }, [])).toEqual(['pager']);
    expect(channelsOf({ ...OF_CHANNEL, channel: 'nobody' }, [])).toEqual([]);
  });

  test('is told at once, on no other channel, and uses up no budget', () => {
    const gathering: Route = { on: ['scaled'], to: ['ops'], digestSeconds: 600 };
    const [place] = destinationsFor({ channels: [SLACK], routes: [gathering] }, drilled(), NOON);
    if (place === undefined) throw new Error('it goes nowhere');

    expect(place.item).toEqual({
      key: 'drill|drill-1234|web',
      news: drilled(),
      since: NOON,
      fallbacks: [],
    });
    const real = { ...place.item, key: 'x', news: anOutcome() };
    expect(isCounted({ perHour: 5 }, [place.item])).toBe(false);
    expect(isCounted({ perHour: 5 }, [place.item, real])).toBe(true);
    expect(isUrgent(drilled({ outcome: 'failed' }))).toBe(false);
  });

  test('is the same however often its message is repeated, and another for each group and phase', () => {
    const keys = [
      drilled(),
      { ...drilled(), at: NOON + 1 },
      drilled({ group: 'api' }),
      OF_CHANNEL,
      { ...OF_CHANNEL, at: NOON + 1 },
      { ...OF_CHANNEL, phase: 'closed' as const },
    ].map(keyOfNews);

    expect(keys).toEqual([
      'drill|drill-1234|web',
      'drill|drill-1234|web',
      'drill|drill-1234|api',
      'drill|drill-1234|ops|',
      'drill|drill-1234|ops|',
      'drill|drill-1234|ops|closed',
    ]);
  });
});

describe('the message of a drill', () => {
  const message = (news: DrillNews) => describeNews(news, { service: 'tidegate', stage: 'prod' });

  test('says in its title and in its text that it is one', () => {
    expect(message(drilled())).toEqual({
      title: 'Drill: web would go from 4 to 6',
      text: 'This is a drill: nothing was changed. In earnest: web 4 → 6: cpu-high',
      fields: [
        { name: 'Where', value: 'tidegate, stage prod' },
        { name: 'Drill', value: 'drill-1234' },
        { name: 'Group', value: 'web' },
        { name: 'Auto Scaling group', value: 'web-prod' },
        { name: 'Reason', value: 'ScaledOut' },
      ],
      links: [],
      where: { service: 'tidegate', stage: 'prod' },
      severity: 'info',
      incident: { key: 'drill/drill-1234', phase: 'noted' },
      reference: 'drill-1234',
      at: NOON,
    });
  });

  test('of a change that would not be made names the outcome', () => {
    const { capacity: _capacity, ...held } = WOULD;
    const news: DrillNews = {
      kind: 'drill',
      drill: 'drill-1234',
      at: NOON,
      would: { ...held, outcome: 'held' },
    };
    expect(describeNews(news).title).toBe('Drill: web would stay as it is (held)');
  });

  test('of a channel opens and closes an incident of its own', () => {
    const opened = message({ ...OF_CHANNEL, phase: 'opened' });
    expect(opened.title).toBe('Drill: the channel ops is tried');
    expect(opened.incident).toEqual({ key: 'drill/drill-1234', phase: 'opened' });
  });

  test('among others has a line that says so, and is counted apart', () => {
    const { text, fields } = describeDigest([anOutcome(), drilled()], NOON);
    expect(text.split('\n')[1]).toBe('09:00 Drill: web would go from 4 to 6');
    expect(fields).toContainEqual({ name: 'Drills', value: '1 × drill' });
  });
});
