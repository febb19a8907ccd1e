import type { Alert } from '#domain/configuration/alert.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { describeAdjustment } from '#domain/configuration/describe-adjustment.ts';
import { alarmsOf, factsOf, type Rule } from '#domain/configuration/rule.ts';
import type { Outcome, OutcomeKind } from '#domain/ledger/outcome.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { Chart } from './chart.ts';
import { type Charted, chartedOf } from './charted.ts';
import type { News } from './news.ts';
import type { ReportNews } from './report-news.ts';

export type Sample = Readonly<{
  name: string;
  news: News;
  /** Present where the message would have one: where a metric explains the news. */
  chart?: Chart;
}>;

/** One piece of news of each kind, as a deployment of this configuration could have it: to try channels with. */
export const sampleNews = (
  { groups, alerts }: Pick<Configuration, 'groups' | 'alerts'>,
  now: Instant,
): readonly Sample[] => {
  const scene = sceneOf(groups[0], now);
  const samples = [
    ...outcomesIn(scene).map((news) => ({ name: news.kind, news })),
    ...alerts.slice(0, 1).map((alert) => alertSample(alert, now)),
    { name: 'alarm', news: alarmNews(scene.alarm, now) },
    { name: 'report', news: reportNews(scene) },
  ];
  return samples.map((sample) => {
    const charted = chartedOf(sample.news, groups);
    return charted === undefined ? sample : { ...sample, chart: sampleChart(now, charted) };
  });
};

/** The scene of the samples: a group that grows by a rule, within its bounds. */
type SampleScene = Readonly<{
  group: string;
  autoScalingGroup: string;
  at: Instant;
  from: number;
  to: number;
  bounds: Readonly<{ min: number; max: number }>;
  rule: string;
  /** The reason for which the rule asks for more, in its own words. */
  why: string;
  /** Another rule of the group, which asks for less. */
  other?: string;
  alarm: string;
}>;

const sceneOf = (group: Group | undefined, at: Instant): SampleScene => {
  const rules = (group?.rules ?? []).filter(({ isShadow }) => !isShadow);
  const rule = rules.find(asksForMore) ?? rules[0];
  const other = rules.find(({ name }) => name !== rule?.name)?.name;
  const { max = 10 } = group?.capacity ?? {};
  const { min = Math.min(2, max) } = group?.capacity ?? {};
  const from = Math.max(min, max - 6);
  return {
    group: group?.name ?? 'web',
    autoScalingGroup: group?.autoScalingGroup ?? 'web-prod',
    at,
    from,
    to: Math.max(from + 1, Math.min(max, from + 2)),
    bounds: { min, max },
    rule: rule?.name ?? 'cpu-high',
    why: rule === undefined ? 'cpu > 70 for 3m (in ALARM for 12 s): add 2' : wordsOf(rule),
    ...(other === undefined ? {} : { other }),
    alarm: alarmsOf(rules.filter((each) => each === rule))[0] ?? 'web-cpu-high',
  };
};

const asksForMore = (rule: Rule): boolean =>
  factsOf(rule).alarm !== undefined && factsOf(rule).adjustments[0]?.kind === 'add';

const wordsOf = (rule: Rule): string => {
  const { alarm, adjustments } = factsOf(rule);
  if (alarm !== undefined) {
    const condition = alarm.kind === 'generated' ? alarm.condition.text : alarm.name;
    return `${condition} (in ALARM for 12 s): ${adjustments.map(describeAdjustment).join(', ')}`;
  }
  return 'metric' in rule ? `${rule.metric} asks for it` : 'asks for it';
};

/** An outcome of each kind. What rules asked for stands in those about capacity, as it does in real ones. */
const outcomesIn = (scene: SampleScene): readonly Outcome[] =>
  [...changesIn(scene), ...troublesIn(scene), ...doneByOthersIn(scene)].map((outcome, index) => ({
    schemaVersion: 1,
    group: scene.group,
    autoScalingGroup: scene.autoScalingGroup,
    at: scene.at,
    decisionId: `${scene.group}-${['foreign', 'flapping'].includes(outcome.kind) ? `${outcome.kind}-` : ''}${index + 1}`,
    ...outcome,
  }));

const changesIn = (scene: SampleScene): readonly SampleOutcome[] => {
  const { group, from, to, rule, why } = scene;
  const past = to + 2;
  return [
    {
      kind: 'scaled',
      reason: 'ScaledOut',
      about: 'capacity',
      capacity: { from, to },
      ...wished(scene, to),
      summary: `${group} ${from} → ${to}: ${rule}: ${why}`,
    },
    {
      kind: 'replaced',
      reason: 'TargetsReplaced',
      about: 'health',
      targets: ['i-0a1b2c3d4e5f60718:80'],
      summary: `${group} replaces unhealthy targets: i-0a1b2c3d4e5f60718 (Target.FailedHealthChecks) failed its health checks for 2 min`,
    },
    {
      kind: 'held',
      reason: 'CoolingDown',
      about: 'capacity',
      ...wished(scene, past),
      summary: `${group} stays at ${to}: ${rule} asks for ${past}, but the change from ${from} to ${to} was 1 min ago, and the cooldown is 3 min`,
    },
  ];
};

const troublesIn = (scene: SampleScene): readonly SampleOutcome[] => {
  const { group, from, to, rule, why, bounds } = scene;
  const past = bounds.max + 2;
  return [
    {
      kind: 'at-max',
      reason: 'AtMaximum',
      about: 'capacity',
      ...wished(scene, past),
      summary: `${group} stays at ${bounds.max}: ${rule} asks for ${past}, but ${past} is above the maximum of ${bounds.max}`,
    },
    {
      kind: 'blocked',
      reason: 'CommonCause',
      about: 'health',
      summary: `${group} keeps its targets: 4 of 10 targets are unhealthy, more than 30 %: the cause is common (all of them are in eu-west-1b), nothing is touched`,
    },
    {
      kind: 'failed',
      reason: 'AccessDenied',
      about: 'capacity',
      capacity: { from, to },
      ...wished(scene, to),
      summary: `${group} ${from} → ${to}: ${rule}: ${why}. Not done: AccessDenied: not authorized to perform autoscaling:SetDesiredCapacity`,
    },
  ];
};

const doneByOthersIn = (scene: SampleScene): readonly SampleOutcome[] => {
  const { group, from, to, rule, other = 'cpu-low' } = scene;
  const { wishes } = wished(scene, to);
  return [
    {
      kind: 'override',
      reason: 'OverrideSet',
      wishes,
      summary: `${group} is paused by ann until 2026-11-27 18:00 UTC: moving the database`,
    },
    {
      kind: 'foreign',
      reason: 'ForeignChange',
      capacity: { from: to, to: from },
      wishes,
      summary: `${group} was set from ${to} to ${from} by the scheduled action night of AWS`,
    },
    {
      kind: 'flapping',
      reason: 'Flapping',
      wishes,
      summary: `${group} goes back and forth: ${other} removes what ${rule} adds, 3 reversals within 2 h. Scale-in now waits for 10 min after a change instead of 5 min, and longer with each further reversal; 2 h without one end that. Move the bounds of the two rules apart: npx tidegate lint shows how`,
    },
  ];
};

type SampleOutcome = Omit<
  Outcome,
  'schemaVersion' | 'decisionId' | 'group' | 'autoScalingGroup' | 'at' | 'kind'
> &
  Readonly<{ kind: OutcomeKind }>;

/** The fields that a decision has of the rule that it follows. */
const wished = ({ rule, other, from, bounds }: SampleScene, capacity: number) => ({
  rule,
  wishes: [{ rule, capacity }, ...(other === undefined ? [] : [{ rule: other, capacity: from }])],
  bounds,
  instanceType: 'm7g.large',
});

/** A report of a week, for the channels that a schedule could name. */
const reportNews = ({ group, at, from, to }: SampleScene): ReportNews => ({
  kind: 'report',
  at,
  days: 7,
  to: [],
  title: 'The last 7 days: 84 changes, 4 times a person was asked',
  text: `${group}: 41 out, 43 in; ${from} to ${to} in service; at the maximum for 3.5 h; AtMaximum 4`,
  fields: [
    { name: 'Changes', value: '41 out, 43 in; 6 reversals; 1 refused by AWS; 2 targets taken out' },
    { name: 'Asked a person', value: 'AtMaximum 4' },
    { name: 'Instance-hours', value: '772.8' },
  ],
});

const alertSample = (alert: Alert, at: Instant): Sample => ({
  name: 'alert',
  news: {
    ...alarmNews(alert.alarm, at),
    reason: `Threshold Crossed: ${alert.condition.text}`,
    alert,
  },
});

const alarmNews = (name: string, at: Instant) => ({
  ...({ kind: 'alarm', form: 'metric', name, at, state: 'ALARM', previousState: 'OK' } as const),
  arn: `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`,
  reason:
    'Threshold Crossed: 3 out of the last 3 datapoints were greater than the threshold (70.0)',
});

/** A metric that rises above its threshold, as a message of a deployment could show it. */
export const sampleChart = (
  now: Instant,
  { title, threshold }: Pick<Charted, 'title' | 'threshold'> = { title: 'cpu', threshold: HIGH },
): Chart => ({
  title,
  ...(threshold === undefined ? {} : { threshold }),
  mark: now,
  points: RISING.map((value, index) => ({
    at: now - (RISING.length - index) * MINUTE_MS,
    value: threshold === undefined ? value : (value * threshold) / HIGH,
  })),
});

/** In percent; it crosses 70 towards the end. */
const RISING = [41, 39, 44, 43, 48, 52, 51, 57, 63, 61, 66, 72, 75, 79, 82];
const HIGH = 70;
