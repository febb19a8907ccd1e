import type { Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import { factsOf } from '#domain/configuration/rule.ts';
import type { AlarmBinding, Condition } from '#domain/configuration/rule-parts.ts';
import type { Alarm } from '#domain/observed/alarm.ts';
import type { Instant } from '#domain/time/instant.ts';
import { EXTRA_PERIODS, evaluateAlarm } from '#simulator/services/cloud-watch/evaluate-alarm.ts';
import type { MetricStore } from './metric-store.ts';

type Watched = Readonly<{ name: string; second: number; condition: Condition; metric: Metric }>;

/** The second of a minute at which CloudWatch looks at an alarm, as in the simulated cloud. */
const secondOf = (index: number): number => (7 + 11 * index) % 60;

const watchedIn = ({ rules, metrics }: Group): readonly Watched[] =>
  rules
    .flatMap((rule) => {
      const { alarm } = factsOf(rule);
      const metric = alarm?.kind === 'generated' ? metrics[alarm.condition.metric] : undefined;
      return alarm?.kind === 'generated' && metric !== undefined
        ? [{ name: alarm.name, condition: alarm.condition, metric }]
        : [];
    })
    .map((watched, index) => ({ ...watched, second: secondOf(index) }));

/** The seconds of each minute at which an alarm of the group is evaluated. */
export const secondsOfAlarms = (group: Group): readonly number[] =>
  watchedIn(group).map(({ second }) => second);

/** A change of an alarm's state that is published. */
export type Turned = Readonly<{ alarm: string; isFiring: boolean }>;

/** The alarms that a deployment makes for a group's rules; those of the operator's own never fire. */
export const createAlarmBoard = (group: Group, start: Instant) => {
  const watched = watchedIn(group);
  const alarms = new Map<string, Alarm>();
  for (const rule of group.rules) {
    const { alarm } = factsOf(rule);
    if (alarm !== undefined) alarms.set(alarm.name, newAlarm(alarm, start));
  }

  return {
    /** As they stand now, by name. */
    all: alarms as ReadonlyMap<string, Alarm>,
    /** Evaluates the alarms of that second, and returns those whose change is published. */
    look: (store: MetricStore, second: number, now: Instant): readonly Turned[] =>
      watched
        .filter((each) => each.second === second)
        .flatMap(({ name, condition, metric }) => {
          const before = alarms.get(name);
          if (before === undefined) return [];
          const values = store.latest(metric, condition.periods + EXTRA_PERIODS, now);
          const state = evaluateAlarm(condition, values, before.state);
          if (state === before.state) return [];
          alarms.set(name, { ...before, state, since: now });
          const isPublished = state !== 'INSUFFICIENT_DATA';
          return isPublished ? [{ alarm: name, isFiring: state === 'ALARM' }] : [];
        }),
  };
};

const newAlarm = ({ name, kind }: AlarmBinding, since: Instant): Alarm => ({
  name,
  arn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm:${name}`,
  state: kind === 'generated' ? 'INSUFFICIENT_DATA' : 'OK',
  since,
  actionsEnabled: true,
  isEvaluated: true,
  reason: '',
});
