import type { Configuration } from '../shared/domain/configuration.ts';
import type { HealHead, ScaleHead } from '../shared/domain/head.ts';
import type { Timeline } from './kernel/timeline.ts';
import { createAlarms } from './services/alarms.ts';
import { createAutoScaling, type GroupSpec } from './services/auto-scaling.ts';
import { createInbox } from './services/inbox.ts';
import { createLedger } from './services/ledger.ts';
import { createLoadBalancing } from './services/load-balancing.ts';
import { createNotices } from './services/notices.ts';
import { createQueue, type QueueSettings } from './services/queue.ts';
import { createTopic } from './services/topic.ts';

export type Cloud = ReturnType<typeof createCloud>;

/** An account of AWS with Tidegate's own resources, as the deployment makes them, and some fleets. */
export const createCloud = (
  timeline: Timeline,
  configuration: Configuration,
  groups: readonly GroupSpec[],
) => {
  const queues = {
    scale: createQueue(timeline, QUEUES.scale),
    heal: createQueue(timeline, QUEUES.heal),
    notify: createQueue(timeline, QUEUES.notify),
  };
  const autoScaling = createAutoScaling(timeline, groups);
  const alarms = configuration.groups.flatMap(({ rules, health }) => [
    ...rules.map(({ alarm }) => alarm.name),
    ...(health ? [health.alarm] : []),
  ]);

  return {
    queues,
    autoScaling,
    alarmTopic: createTopic(timeline, 'tidegate-dev-alarms', Object.values(queues)),
    outcomeTopic: createTopic(timeline, 'tidegate-dev-outcomes', [queues.notify]),
    alarms: createAlarms(timeline, [...new Set(alarms)]),
    loadBalancing: createLoadBalancing(autoScaling.readGroups, groups),
    scaleLedger: createLedger<ScaleHead>(),
    healLedger: createLedger<HealHead>(),
    notices: createNotices(),
    inbox: createInbox(),
  };
};

/** As infrastructure/queues.ts deploys them. */
const QUEUES = {
  scale: { name: 'tidegate-dev-scale', visibilitySeconds: 180, maxReceiveCount: 5 },
  heal: { name: 'tidegate-dev-heal', visibilitySeconds: 180, maxReceiveCount: 5 },
  notify: { name: 'tidegate-dev-notify', visibilitySeconds: 180, maxReceiveCount: 20 },
} as const satisfies Record<string, QueueSettings>;
