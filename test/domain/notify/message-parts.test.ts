import { describe, expect, test } from '@jest/globals';
import { chartedOf } from '#domain/notify/charted.ts';
import { costOf } from '#domain/notify/cost.ts';
import { describeDigest } from '#domain/notify/describe-digest.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { News } from '#domain/notify/news.ts';
import { instanceTypeOf } from '#domain/observed/group-state.ts';
import {
  aGroup,
  aGroupState,
  anInstance,
  CPU_HIGH,
  minutes,
  NOON,
} from '#test/support/builders.ts';
import { anAlarmEvent, anOutcome } from '#test/support/notify-world.ts';

const fieldsOf = (news: News, context = {}) =>
  Object.fromEntries(describeNews(news, context).fields.map(({ name, value }) => [name, value]));

describe('a message about a change', () => {
  test('says what each rule asked for, and between which bounds', () => {
    const outcome = anOutcome({
      rule: 'b',
      bounds: { min: 2, max: 10 },
      wishes: [
        { rule: 'a', capacity: 5 },
        { rule: 'b', capacity: 6 },
      ],
    });
    expect(fieldsOf(outcome)).toMatchObject({ 'Rules ask for': 'b: 6, a: 5', Bounds: '2 to 10' });
  });

  const rules = [CPU_HIGH, { ...CPU_HIGH, name: 'tried', isShadow: true as const }];
  test.each([
    { asked: [], known: [aGroup({ rules })], value: `nothing: ${CPU_HIGH.name}` },
    { asked: [], known: [], value: 'nothing' },
    {
      asked: [{ rule: 'a', capacity: 5 }],
      known: [aGroup({ rules })],
      value: `a: 5; nothing from: ${CPU_HIGH.name}`,
    },
    { asked: undefined, known: [aGroup({ rules })], value: undefined },
  ])('says which rules had no wish: $value', ({ asked, known, value }) => {
    const outcome = anOutcome(asked === undefined ? {} : { wishes: asked });
    expect(fieldsOf(outcome, { groups: known })['Rules ask for']).toBe(value);
  });

  test('names eight of many rules, and counts the rest', () => {
    const wishes = Array.from({ length: 10 }, (_, index) => ({ rule: `r${index}`, capacity: 4 }));
    expect(fieldsOf(anOutcome({ wishes }))['Rules ask for']).toMatch(/^r0: 4, .*r7: 4 and 2 more$/);
  });

  test('has the commands that hold it, and that read the decision, wherever they are pasted', () => {
    const where = { service: 'tidegate', stage: 'prod', region: 'eu-west-1', table: 'ledger' };
    expect(fieldsOf(anOutcome(), where)).toMatchObject({
      'To hold it':
        'npx tidegate pause web --for 1h --reason "…" --service tidegate --stage prod --region eu-west-1',
      'To read the decision':
        'npx tidegate why web web-17 --service tidegate --stage prod --region eu-west-1',
    });
  });

  test.each([
    {
      from: 4,
      to: 6,
      type: 'm7g.large',
      price: undefined,
      cost: '+$0.163 an hour (2 × m7g.large, on demand in us-east-1, 2026-02-09)',
    },
    {
      from: 30,
      to: 6,
      type: 'm7g.large',
      price: undefined,
      cost: '−$1.96 an hour (24 × m7g.large, on demand in us-east-1, 2026-02-09)',
    },
    { from: 6, to: 4, type: 'm7g.large', price: 0.5, cost: '−1.00 an hour (2 × 0.5)' },
    { from: 6, to: 4, type: 'x99.large', price: undefined, cost: undefined },
    { from: 6, to: 4, type: undefined, price: undefined, cost: undefined },
  ])('from $from to $to of $type costs $cost', ({ from, to, type, price, cost }) => {
    const outcome = anOutcome({ capacity: { from, to }, ...(type ? { instanceType: type } : {}) });
    const group = { ...aGroup(), ...(price === undefined ? {} : { instanceHour: price }) };
    expect(costOf(outcome, group)).toBe(cost);
    expect(fieldsOf(outcome, { groups: [group] }).Cost).toBe(cost);
  });

  test('costs nothing when nothing was changed', () => {
    const outcome = anOutcome({ kind: 'failed', instanceType: 'm7g.large' });
    expect(costOf(outcome, undefined)).toBeUndefined();
    const { capacity: _, ...health } = anOutcome({ instanceType: 'm7g.large' });
    expect(costOf(health, undefined)).toBeUndefined();
  });

  test.each([
    { instances: [], is: {} },
    {
      instances: [{ instanceType: 'c7g.large' }, { instanceType: 'c7g.large' }],
      is: { instanceType: 'c7g.large' },
    },
    { instances: [{ instanceType: 'c7g.large' }, { instanceType: 'm7g.large' }], is: {} },
    { instances: [{ instanceType: 'c7g.large', weight: 2 }], is: {} },
  ])('knows one type of instances: $is', ({ instances, is }) => {
    const state = aGroupState({
      instances: instances.map((each, index) => ({ ...anInstance({ id: `i-${index}` }), ...each })),
    });
    expect(instanceTypeOf(state)).toEqual(is);
  });
});

const CPU = {
  ...({ kind: 'stat', namespace: 'AWS/EC2', metricName: 'CPUUtilization' } as const),
  dimensions: {},
  statistic: 'Average',
  periodSeconds: 60,
};
const ALERT = {
  ...({ name: 'hot', group: 'web', alarm: 'web-hot', severity: 'warning' } as const),
  condition: {
    ...({ text: 'cpu > 90 for 5m', metric: 'cpu', comparison: '>', threshold: 90 } as const),
    datapoints: 5,
    periods: 5,
  },
};
const CHANNEL_NEWS = {
  kind: 'channel',
  channel: 'ops',
  isBroken: true,
  detail: 'gone',
  at: NOON,
} as const;

describe('the metric behind a message', () => {
  const track = {
    ...({ kind: 'track', name: 'steady', metric: 'cpu', target: 50, isTotal: false } as const),
    onMissing: 'hold' as const,
  };
  const step = {
    kind: 'step',
    name: 'steps',
    metric: 'cpu',
    bands: [],
    atLeast: 1,
    onMissing: 'hold',
  } as const;
  const clock = {
    kind: 'schedule',
    name: 'clock',
    window: { kind: 'once', from: 0, to: 1 },
  } as const;
  const existing = {
    ...CPU_HIGH,
    name: 'mine',
    alarm: { kind: 'existing', name: 'theirs' },
  } as const;
  const groups = [
    aGroup({ metrics: { cpu: CPU }, rules: [CPU_HIGH, track, step, clock, existing] }),
  ];

  test.each([
    ['a threshold', anOutcome({ rule: 'cpu-high' }), { title: 'cpu', threshold: 70 }],
    ['a target', anOutcome({ rule: 'steady' }), { title: 'cpu', threshold: 50 }],
    ['steps', anOutcome({ rule: 'steps' }), { title: 'cpu' }],
    ['a schedule', anOutcome({ rule: 'clock' }), undefined],
    ['an alarm of others', anOutcome({ rule: 'mine' }), undefined],
    ['no rule', anOutcome(), undefined],
    ['another group', anOutcome({ rule: 'cpu-high', group: 'other' }), undefined],
    ['an alert', { ...anAlarmEvent(), alert: ALERT }, { title: 'cpu', threshold: 90 }],
    [
      "a rule's own alarm",
      anAlarmEvent({ name: CPU_HIGH.alarm.name }),
      { title: 'cpu', threshold: 70 },
    ],
    ['any other alarm', anAlarmEvent({ name: 'other' }), undefined],
    ['a channel', CHANNEL_NEWS, undefined],
  ] as const)('of %s', (_, news, expected) => {
    const charted = chartedOf(news, groups);
    if (expected === undefined) expect(charted).toBeUndefined();
    else expect(charted).toEqual({ ...expected, metric: CPU });
  });
});

describe('several pieces of news in one message', () => {
  test('have a line each up to ten, are counted by group, and as severe as the worst', () => {
    const items: News[] = [
      ...Array.from({ length: 12 }, (_, index) =>
        anOutcome({ decisionId: `web-${index}`, at: NOON + minutes(index) }),
      ),
      anOutcome({ kind: 'held', group: 'api', decisionId: 'api-1', at: NOON + minutes(20) }),
      { ...anAlarmEvent(), alert: ALERT },
      anAlarmEvent(),
      { ...CHANNEL_NEWS, isBroken: false },
    ];
    const digest = describeDigest(items, NOON + minutes(30));

    expect(digest).toMatchObject({
      title: '16 messages, 2026-03-02 09:00 UTC to 2026-03-02 09:20 UTC',
      fields: [
        { name: 'web', value: '12 × scaled, 1 × alarm' },
        { name: 'api', value: '1 × held' },
        { name: 'Alarms', value: '1 × alarm' },
        { name: 'Channels', value: '1 × channel' },
      ],
      severity: 'warning',
      at: NOON + minutes(30),
      incident: { key: 'digest', phase: 'noted' },
    });
    expect(digest.text.split('\n')).toHaveLength(11);
    expect(digest.text).toMatch(/^09:00 web scaled out from 4 to 6\n09:01 .*\nand 6 more$/s);
    expect(digest.reference).toMatch(/^web-0, web-1, /);
  });

  test('say of which deployment they are', () => {
    const where = { service: 'tidegate', stage: 'prod' };
    expect(describeDigest([anOutcome(), anOutcome()], NOON, where)).toMatchObject({
      where,
      fields: [{ name: 'Where', value: 'tidegate, stage prod' }, { name: 'web' }],
    });
  });
});

test.each([
  {
    isBroken: true,
    title: 'The channel ops takes no messages: somebody must look',
    fields: 1,
    severity: 'critical',
    phase: 'opened',
  },
  {
    isBroken: false,
    title: 'The channel ops takes messages again',
    fields: 0,
    severity: 'info',
    phase: 'closed',
  },
])('news of a channel: $title', ({ isBroken, title, fields, severity, phase }) => {
  const message = describeNews({ ...CHANNEL_NEWS, isBroken });
  expect(message).toMatchObject({
    title,
    severity,
    text: 'gone',
    incident: { key: 'channel/ops', phase },
  });
  expect(message.fields).toHaveLength(fields);
});

test('every message says of which deployment it is, in a field and for machines', () => {
  const where = {
    service: 'tidegate',
    stage: 'prod',
    region: 'eu-west-1',
    account: '123456789012',
  };
  const all: News[] = [
    anOutcome(),
    anAlarmEvent(),
    { ...anAlarmEvent(), alert: ALERT },
    CHANNEL_NEWS,
  ];
  for (const news of all) {
    const message = describeNews(news, { ...where, table: 'ledger' });
    expect(message.where).toEqual(where);
    expect(message.fields[0]).toEqual({
      name: 'Where',
      value: 'tidegate, stage prod, eu-west-1, account 123456789012',
    });
  }
  expect(describeNews(CHANNEL_NEWS, where).fields[1]?.value).toBe(
    'npx tidegate notify --test ops --service tidegate --stage prod --region eu-west-1',
  );
});

test('an alarm is told with what the rules ask for that are bound to it', () => {
  const groups = [aGroup({ rules: [CPU_HIGH] })];
  expect(fieldsOf(anAlarmEvent({ name: CPU_HIGH.alarm.name }), { groups }).Rules).toBe(
    `web/${CPU_HIGH.name}: add 2`,
  );
  expect(fieldsOf(anAlarmEvent({ name: 'other' }), { groups }).Rules).toBeUndefined();
});
