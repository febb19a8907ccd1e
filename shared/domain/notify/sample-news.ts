import type { Alert } from '#domain/configuration/alert.ts';
import type { Configuration, Fleet } from '#domain/configuration/configuration.ts';
import { describeTags, memberName, memberOf } from '#domain/configuration/fleet.ts';
import type { Comparison, Condition } from '#domain/configuration/rule-parts.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Chart } from './chart.ts';
import { chartedOf } from './charted.ts';
import type { News } from './news.ts';
import type { ReportNews } from './report-news.ts';
import { sampleChart } from './sample-chart.ts';
import { outcomesIn } from './sample-outcomes.ts';
import { type SampleScene, sceneOf } from './sample-scene.ts';

export type Sample = Readonly<{
  name: string;
  news: News;
  /** Present where the message would have one: where a metric explains the news. */
  chart?: Chart;
}>;

/** One piece of news of each kind, as a deployment of this configuration could have it: to try channels with. */
export const sampleNews = (
  { groups: named, alerts, fleets = [] }: Pick<Configuration, 'groups' | 'alerts' | 'fleets'>,
  now: Instant,
): readonly Sample[] => {
  const groups = [...named, ...fleets.map((fleet) => memberOf(fleet, MEMBER))];
  const scene = sceneOf(groups[0], now);
  const samples: readonly Sample[] = [
    ...outcomesIn(scene).map((news) => ({ name: news.kind, news })),
    ...fleets.slice(0, 1).map((fleet) => ({ name: 'membership', news: joined(fleet, now) })),
    ...alerts.slice(0, 1).map((alert) => alertSample(alert, now)),
    { name: 'alarm', news: alarmNews(scene.alarm, scene.condition, now) },
    { name: 'report', news: reportNews(scene) },
  ];
  return samples.map((sample) => {
    const charted = chartedOf(sample.news, groups);
    if (charted === undefined) return sample;
    const condition = 'alert' in sample.news ? sample.news.alert.condition : scene.condition;
    const isFalling = condition?.comparison.startsWith('<') === true;
    return { ...sample, chart: sampleChart(now, { ...charted, isFalling }) };
  });
};

/** The Auto Scaling group that joins a fleet. */
const MEMBER = 'web-prod';

/** The news that a group was found by the tags of its fleet. */
const joined = (fleet: Fleet, at: Instant): Outcome => {
  const group = memberName(fleet.name, MEMBER);
  return {
    schemaVersion: 1,
    kind: 'membership',
    decisionId: `${group}-joined`,
    group,
    autoScalingGroup: MEMBER,
    at,
    reason: 'JoinedFleet',
    summary: `${MEMBER} joined the fleet ${fleet.name}: it carries ${describeTags(fleet.tags)}`,
  };
};

/** A report of a week, for the channels that a schedule could name. */
const reportNews = ({ group, at, from, to, bounds }: SampleScene): ReportNews => ({
  kind: 'report',
  at,
  days: DAYS,
  to: [],
  title: `The last ${DAYS} days: 84 changes, 4 times a person was asked`,
  text: `${group}: 41 out, 43 in; ${bounds.min} to ${bounds.max} in service; at the maximum for 3.5 h; AtMaximum 4`,
  fields: [
    { name: 'Changes', value: '41 out, 43 in; 6 reversals; 1 refused by AWS; 2 targets taken out' },
    { name: 'Asked a person', value: 'AtMaximum 4' },
    { name: 'Instance-hours', value: (DAYS * 24 * ((from + to) / 2)).toFixed(1) },
  ],
});

const DAYS = 7;

const alertSample = (alert: Alert, at: Instant): Sample => ({
  name: 'alert',
  news: { ...alarmNews(alert.alarm, alert.condition, at), alert },
});

const alarmNews = (name: string, condition: Condition | undefined, at: Instant) => ({
  ...({ kind: 'alarm', form: 'metric', name, at, state: 'ALARM', previousState: 'OK' } as const),
  arn: `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`,
  reason: condition === undefined ? 'Threshold Crossed' : reasonOf(condition),
});

/** As CloudWatch says it of its alarms. */
const reasonOf = ({ comparison, threshold, datapoints, periods }: Condition): string => {
  const points = `${datapoints} out of the last ${periods} datapoint${periods === 1 ? ' was' : 's were'}`;
  const limit = Number.isInteger(threshold) ? threshold.toFixed(1) : String(threshold);
  return `Threshold Crossed: ${points} ${COMPARISONS[comparison]} the threshold (${limit})`;
};

const COMPARISONS: Readonly<Record<Comparison, string>> = {
  '>': 'greater than',
  '>=': 'greater than or equal to',
  '<': 'less than',
  '<=': 'less than or equal to',
};
