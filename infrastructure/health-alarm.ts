import type { Group, Health, WatchedTargetGroup } from '#domain/configuration/configuration.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { alarm, statisticSource } from './alarm.ts';
import { logicalId } from './logical-id.ts';
import { merge, type Resources } from './template.ts';

/** The alarms that wake heal as soon as a load balancer of a group counts an unhealthy target. */
export const healthAlarms = ({ name, health }: Group): Resources =>
  health === undefined
    ? {}
    : merge(health.watched.map((watched, index) => healthAlarm({ name, health, watched }, index)));

type Watch = Readonly<{ name: string; health: Health; watched: WatchedTargetGroup }>;

const healthAlarm = ({ name, health, watched }: Watch, index: number): Resources => {
  const { alarm: alarmName, targetGroup, loadBalancer } = watched;
  const further = index === 0 ? [] : [String(index + 1)];

  return alarm(logicalId('HealthAlarm', name, ...further), {
    name: alarmName,
    description: `The load balancer counts unhealthy targets in the group ${name}; ${describeAction(health)} Tidegate manages this alarm; edit tidegate.yml instead.`,
    source: statisticSource({
      namespace: loadBalancer.startsWith('net/') ? 'AWS/NetworkELB' : 'AWS/ApplicationELB',
      metricName: 'UnHealthyHostCount',
      dimensions: { TargetGroup: targetGroup, LoadBalancer: loadBalancer },
      statistic: 'Maximum',
      periodSeconds: 60,
    }),
    comparison: '>',
    threshold: 0,
    datapoints: 1,
    periods: 1,
    missing: 'missing',
    topicId: 'AlarmTopic',
  });
};

const describeAction = ({ action, unhealthyForSeconds }: Health): string =>
  action === 'notify'
    ? 'somebody is told.'
    : `those that stay so for ${describeSeconds(unhealthyForSeconds)} are ${PAST[action]}.`;

const PAST = {
  auto: 'replaced',
  replace: 'replaced',
  deregister: 'deregistered',
  quarantine: 'put aside',
} as const;
