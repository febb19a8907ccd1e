import type { Group, Health } from '../shared/domain/configuration.ts';
import { describeSeconds } from '../shared/domain/describe-seconds.ts';
import { alarm, statisticSource } from './alarm.ts';
import { logicalId } from './logical-id.ts';
import type { Resources } from './template.ts';

/** The alarm that wakes heal as soon as a group's load balancer counts an unhealthy target. */
export const healthAlarm = ({ name, health }: Group): Resources =>
  health === undefined
    ? {}
    : alarm(logicalId('HealthAlarm', name), {
        name: health.alarm,
        description: `The load balancer counts unhealthy targets in the group ${name}; ${describeAction(health)} Tidegate manages this alarm; edit tidegate.yml instead.`,
        source: statisticSource({
          namespace: health.loadBalancer.startsWith('net/')
            ? 'AWS/NetworkELB'
            : 'AWS/ApplicationELB',
          metricName: 'UnHealthyHostCount',
          dimensions: { TargetGroup: health.targetGroup, LoadBalancer: health.loadBalancer },
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

const describeAction = ({ action, unhealthyForSeconds }: Health): string =>
  action === 'notify'
    ? 'somebody is told.'
    : `those that stay so for ${describeSeconds(unhealthyForSeconds)} are ${PAST[action]}.`;

const PAST = { replace: 'replaced', deregister: 'deregistered' } as const;
