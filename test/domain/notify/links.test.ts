import { describe, expect, test } from '@jest/globals';
import { describeNews } from '#domain/notify/describe-news.ts';
import { linksOf } from '#domain/notify/links.ts';
import type { News } from '#domain/notify/news.ts';
import { aGroup, aHealth, CPU_HIGH, NOON } from '#test/support/builders.ts';
import { anAlarmEvent, anOutcome } from '#test/support/notify-world.ts';

const ALERT = {
  name: 'hot',
  group: 'web',
  alarm: 'web-hot',
  severity: 'warning',
  condition: {
    text: 'cpu > 90 for 5m',
    metric: 'cpu',
    comparison: '>',
    threshold: 90,
    datapoints: 5,
    periods: 5,
  },
} as const;
const CHANNEL_NEWS = {
  kind: 'channel',
  channel: 'ops',
  isBroken: true,
  detail: 'gone',
  at: NOON,
} as const;

describe('links', () => {
  const groups = [
    {
      ...aGroup(),
      runbook: 'https://wiki.example.com/web',
      dashboard: 'https://grafana.example.com/web',
    },
  ];

  test('lead to what people have written, and to the console of the Region', () => {
    expect(
      linksOf(anOutcome({ autoScalingGroup: "a b'/ü" }), { groups, region: 'eu-west-1' }),
    ).toEqual([
      { name: 'Runbook', url: 'https://wiki.example.com/web' },
      { name: 'Dashboard', url: 'https://grafana.example.com/web' },
      {
        name: 'Auto Scaling group',
        url: 'https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#AutoScalingGroupDetails:id=a%20b%27%2F%C3%BC',
      },
    ]);
  });

  const two = [aGroup({ name: 'api' }), aGroup(), aGroup({ name: 'worker' })];
  const DASHBOARDS = [{ name: 'tidegate-prod' }, { name: 'tidegate-prod-2', from: 'web' }];
  test.each([
    { group: 'api', dashboard: 'tidegate-prod' },
    { group: 'web', dashboard: 'tidegate-prod-2' },
    { group: 'worker', dashboard: 'tidegate-prod-2' },
  ])('lead to the CloudWatch dashboard that shows $group', ({ group, dashboard }) => {
    const context = { groups: two, region: 'eu-west-1', dashboards: DASHBOARDS };
    expect(linksOf(anOutcome({ group }), context)).toContainEqual({
      name: 'CloudWatch dashboard',
      url: `https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#dashboards/dashboard/${dashboard}`,
    });
  });

  test('lead to no CloudWatch dashboard of a group that has left the file, or where there is none', () => {
    const context = { groups: two, region: 'eu-west-1' };
    const of = (group: string, dashboards = DASHBOARDS) =>
      linksOf(anOutcome({ group }), { ...context, dashboards }).map(({ name }) => name);

    expect(of('gone')).not.toContain('CloudWatch dashboard');
    expect(of('web', [])).not.toContain('CloudWatch dashboard');
  });

  test.each([
    { region: 'cn-north-1', host: 'cn-north-1.console.amazonaws.cn' },
    { region: 'us-gov-west-1', host: 'us-gov-west-1.console.amazonaws-us-gov.com' },
    { region: 'eusc-de-east-1', host: 'eusc-de-east-1.console.amazonaws-eusc.eu' },
  ])('know the partition of $region', ({ region, host }) => {
    const [link] = linksOf(anAlarmEvent({ name: 'half \ud800' }), { region });
    expect(link).toEqual({
      name: 'Alarm',
      url: `https://${host}/cloudwatch/home?region=${region}#alarmsV2:alarm/half%20%EF%BF%BD`,
    });
  });

  test('of an alert lead to its own runbook rather than to that of its group', () => {
    const alert = { ...ALERT, runbook: 'https://wiki.example.com/errors' };
    expect(linksOf({ ...anAlarmEvent(), alert }, { groups })[0]?.url).toBe(
      'https://wiki.example.com/errors',
    );
    expect(linksOf({ ...anAlarmEvent(), alert: ALERT }, { groups })[0]?.url).toBe(
      'https://wiki.example.com/web',
    );
  });

  test.each(['us-iso-east-1', 'us-isob-east-1', 'xx-north-1'])(
    'are rather none than wrong ones in %s, whose console nobody here knows',
    (region) => {
      expect(linksOf(anAlarmEvent(), { region })).toEqual([]);
    },
  );

  const bound = [
    {
      ...aGroup({ rules: [CPU_HIGH] }),
      health: aHealth({ watched: [{ ...aHealth().watched[0]!, alarm: 'web-unhealthy' }] }),
    },
  ];
  const around = { groups: bound, region: 'eu-west-1', table: 'ledger' };
  const namesOf = (news: News) =>
    linksOf(news, around).map(({ name, url }) => [name, url.split('#')[1]]);

  test('of a change lead to the group, the alarm of the rule that was followed, and the decision', () => {
    expect(namesOf(anOutcome({ rule: CPU_HIGH.name }))).toEqual([
      ['Auto Scaling group', 'AutoScalingGroupDetails:id=web-prod'],
      ['Alarm', `alarmsV2:alarm/${CPU_HIGH.alarm.name}`],
      [
        'Decision',
        'edit-item?itemMode=2&pk=GROUP%23web&sk=DECISION%232026-03-02T09%3A00%3A00.000Z%23web-17&table=ledger&route=ROUTE_ITEM_EXPLORER',
      ],
    ]);
  });

  test.each([
    [
      'what was done about targets',
      anOutcome({ about: 'health' }),
      ['Alarm', 'alarmsV2:alarm/web-unhealthy'],
    ],
    ['a rule without an alarm', anOutcome({ rule: 'other' }), undefined],
    [
      'a group that is no longer configured',
      anOutcome({ about: 'health', group: 'gone' }),
      undefined,
    ],
  ])('of %s lead to the alarm, if there is one', (_, news, expected) => {
    expect(namesOf(news).find(([name]) => name === 'Alarm')).toEqual(expected);
  });

  test.each([
    ['an override', anOutcome({ kind: 'override', decisionId: 'web-pause-1' })],
    ['flapping', anOutcome({ kind: 'flapping', decisionId: 'web-flapping-3' })],
    ['a change by others', anOutcome({ kind: 'foreign', decisionId: 'web-foreign-3' })],
  ])('lead to no decision where there is none: %s', (_, news) => {
    expect(namesOf(news).map(([name]) => name)).toEqual(['Auto Scaling group']);
    expect(describeNews(news, around).fields.map(({ name }) => name)).not.toContain(
      'To read the decision',
    );
  });

  test.each([CPU_HIGH.alarm.name, 'web-unhealthy'])(
    'of the alarm %s lead to the group that is bound to it, too',
    (name) => {
      expect(namesOf(anAlarmEvent({ name })).map(([each]) => each)).toEqual([
        'Auto Scaling group',
        'Alarm',
      ]);
    },
  );

  test('of any other alarm lead to the alarm alone', () => {
    expect(namesOf(anAlarmEvent({ name: 'other' })).map(([each]) => each)).toEqual(['Alarm']);
  });

  test('are none about a channel, and none without context', () => {
    expect(linksOf(CHANNEL_NEWS, { groups, region: 'eu-west-1' })).toEqual([]);
    expect(linksOf(anOutcome(), {})).toEqual([]);
  });
});
