import type { Alert } from './alert.ts';
import type { Chart } from './chart.ts';
import type { Configuration } from './configuration.ts';
import { type Instant, MINUTE_MS } from './instant.ts';
import type { News } from './news.ts';
import type { Outcome } from './outcome.ts';

export type Sample = Readonly<{ name: string; news: News }>;

/** One piece of news of each kind, as a deployment of this configuration could have it: to try channels with. */
export const sampleNews = (
  { groups, alerts }: Pick<Configuration, 'groups' | 'alerts'>,
  now: Instant,
): readonly Sample[] => {
  const [group] = groups;
  const heading = {
    ...{ schemaVersion: 1 as const, group: group?.name ?? 'web', at: now },
    autoScalingGroup: group?.autoScalingGroup ?? 'web-prod',
  };
  const { group: name } = heading;
  const outcomes = OUTCOMES.map(({ kind, reason, sentence, ...more }, index) => ({
    name: kind,
    news: {
      ...{ ...heading, kind, reason, decisionId: `${name}-sample-${index + 1}` },
      ...{ summary: `${name} ${sentence}`, ...more },
    },
  }));
  return [...outcomes, ...alerts.slice(0, 1).map((alert) => alertSample(alert, now)), alarm(now)];
};

type SampleOutcome = Pick<Outcome, 'kind' | 'reason' | 'capacity' | 'targets' | 'about'> &
  Readonly<{ sentence: string }>;

const OUTCOMES: readonly SampleOutcome[] = [
  {
    ...{ kind: 'scaled', reason: 'ScaledOut', capacity: { from: 4, to: 6 } },
    sentence: '4 → 6: cpu-high: cpu > 70 for 3m (in ALARM for 12 s): add 2 to 4 makes 6',
  },
  {
    ...{ kind: 'replaced', reason: 'TargetsReplaced', about: 'health' },
    targets: ['i-0a1b2c3d4e5f60718:80'],
    sentence:
      'replaces unhealthy targets: i-0a1b2c3d4e5f60718 (Target.FailedHealthChecks) failed its health checks for 2 min',
  },
  {
    ...{ kind: 'held', reason: 'CoolingDown' },
    sentence:
      'stays at 6: cpu-high asks for 8, but the change from 4 to 6 was 1 min ago, and the cooldown is 3 min',
  },
  {
    ...{ kind: 'at-max', reason: 'AtMaximum' },
    sentence: 'stays at 10: cpu-high asks for 12, but 12 is above the maximum of 10',
  },
  {
    ...{ kind: 'blocked', reason: 'CommonCause', about: 'health' },
    sentence:
      'keeps its targets: 4 of 10 targets are unhealthy, more than 30 %: the cause is common (all of them are in eu-west-1b), nothing is touched',
  },
  {
    ...{ kind: 'failed', reason: 'AccessDenied', capacity: { from: 4, to: 6 } },
    sentence:
      '4 → 6: cpu-high: add 2 to 4 makes 6. Not done: AccessDenied: not authorized to perform autoscaling:SetDesiredCapacity',
  },
  {
    ...{ kind: 'override', reason: 'OverrideSet' },
    sentence: 'is paused by ann until 2026-11-27 18:00 UTC: moving the database',
  },
  {
    ...{ kind: 'foreign', reason: 'ForeignChange', capacity: { from: 6, to: 3 } },
    sentence: 'was set from 6 to 3 by somebody else',
  },
  {
    ...{ kind: 'flapping', reason: 'Flapping' },
    sentence:
      'goes back and forth: cpu-low removes what requests-high adds, 3 reversals within 2 h. Scale-in now waits for 10 min after a change instead of 5 min, and longer with each further reversal; 2 h without one end that. Move the bounds of the two rules apart: npx tidegate lint shows how',
  },
];

const alertSample = (alert: Alert, at: Instant): Sample => ({
  name: 'alert',
  news: {
    ...alarmNews(alert.alarm, at),
    reason: `Threshold Crossed: ${alert.condition.text}`,
    alert,
  },
});

const alarm = (at: Instant): Sample => ({ name: 'alarm', news: alarmNews('web-cpu-high', at) });

const alarmNews = (name: string, at: Instant) => ({
  ...({ kind: 'alarm', form: 'metric', name, at, state: 'ALARM', previousState: 'OK' } as const),
  arn: `arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`,
  reason:
    'Threshold Crossed: 3 out of the last 3 datapoints were greater than the threshold (70.0)',
});

/** A metric that rises above its threshold, as a message of a deployment could show it. */
export const sampleChart = (now: Instant): Chart => ({
  title: 'cpu',
  threshold: 70,
  mark: now,
  points: [41, 39, 44, 43, 48, 52, 51, 57, 63, 61, 66, 72, 75, 79, 82].map((value, index, all) => ({
    at: now - (all.length - index) * MINUTE_MS,
    value,
  })),
});
