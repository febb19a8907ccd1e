import type {
  Configuration,
  Group,
  WatchedTargetGroup,
} from '#domain/configuration/configuration.ts';
import type { Metric, StatMetric } from '#domain/configuration/metric.ts';
import { factsOf } from '#domain/configuration/rule.ts';
import type { Condition } from '#domain/configuration/rule-parts.ts';
import type { AlarmState } from '#domain/observed/alarm.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { alarmMessage } from '#simulator/faults/alarm-message.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import { EXTRA_PERIODS, evaluateAlarm } from './evaluate-alarm.ts';
import { valuesOf } from './values-of.ts';

type Watched = Readonly<{ name: string; condition: Condition; metric: Metric }>;

export type AlarmWatch = Readonly<{
  timeline: Timeline;
  cloud: Cloud;
  /** The configuration that is deployed; its alarms are looked up anew at each look. */
  configuration: () => Configuration;
}>;

/**
 * Evaluates every alarm that the deployment generates once a minute, each at its own second. The answer makes the alarms
 * that a later deployment has brought.
 */
export const watchAlarms = ({ timeline, cloud, configuration }: AlarmWatch): (() => void) => {
  const watched = new Set<string>();
  const watch = (name: string, index: number): void => {
    const look = (): void => {
      const alarm = watchedIn(configuration()).find((each) => each.name === name);
      if (alarm === undefined) {
        watched.delete(name);
        return;
      }
      const before = cloud.alarms.truth(alarm.name)?.state ?? 'INSUFFICIENT_DATA';
      const state = evaluateAlarm(
        alarm.condition,
        valuesOf(cloud.metrics, alarm.metric, {
          count: alarm.condition.periods + EXTRA_PERIODS,
          now: timeline.now(),
        }),
        before,
      );
      if (state !== before) turn({ timeline, cloud }, alarm, { before, state });
      timeline.at(timeline.now() + MINUTE_MS, look);
    };
    watched.add(name);
    cloud.alarms.setState(name, 'INSUFFICIENT_DATA', 'Unchecked: Initial alarm creation');
    timeline.at(timeline.now() + ((7 + 11 * index) % 60) * SECOND_MS, look);
  };
  const makeAll = (): void => {
    for (const [index, { name }] of watchedIn(configuration()).entries()) {
      if (!watched.has(name)) watch(name, index);
    }
  };
  makeAll();
  return makeAll;
};

/** The alarms of alerts come last, so that those of rules keep their seconds. */
const watchedIn = ({ groups, alerts }: Configuration): readonly Watched[] => [
  ...groups.flatMap(alarmsOf),
  ...alerts.flatMap(({ group, alarm, condition }) => {
    const metric = groups.find(({ name }) => name === group)?.metrics[condition.metric];
    return metric === undefined ? [] : [{ name: alarm, condition, metric }];
  }),
];

const alarmsOf = ({ rules, metrics, health }: Group): readonly Watched[] => [
  ...rules.flatMap((rule) => {
    const { alarm } = factsOf(rule);
    if (alarm === undefined || alarm.kind !== 'generated') return [];
    const { name, condition } = alarm;
    const metric = metrics[condition.metric];
    return metric ? [{ name, condition, metric }] : [];
  }),
  ...(health?.watched ?? []).map((watched) => ({
    name: watched.alarm,
    condition: UNHEALTHY,
    metric: unhealthyHosts(watched),
  })),
];

/** As infrastructure/health-alarm.ts deploys it. */
const UNHEALTHY: Condition = {
  text: 'unhealthy targets',
  metric: '',
  comparison: '>',
  threshold: 0,
  datapoints: 2,
  periods: 2,
};

const unhealthyHosts = ({ targetGroup, loadBalancer }: WatchedTargetGroup): StatMetric => ({
  kind: 'stat',
  namespace: 'AWS/ApplicationELB',
  metricName: 'UnHealthyHostCount',
  dimensions: { TargetGroup: targetGroup, LoadBalancer: loadBalancer },
  statistic: 'Maximum',
  periodSeconds: 60,
});

type Turn = Readonly<{ before: AlarmState; state: AlarmState }>;

const turn = (
  { timeline, cloud }: Pick<AlarmWatch, 'timeline' | 'cloud'>,
  { name, condition }: Watched,
  { before, state }: Turn,
): void => {
  cloud.alarms.setState(name, state, `${condition.text}: ${before} to ${state}`);
  const isMuted = cloud.alarms.truth(name)?.actionsEnabled === false;
  if (isMuted || state === 'INSUFFICIENT_DATA') return;

  const change = { name, state, previousState: before, at: timeline.now() };
  cloud.alarmTopic.publish(alarmMessage('metric', change));
};
