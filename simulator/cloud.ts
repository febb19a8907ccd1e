import type { Configuration } from '#domain/configuration/configuration.ts';
import { asksForHealing } from '#domain/configuration/fleet.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import type { HealHead, ScaleHead } from '#domain/ledger/head.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import { createAlarms } from './services/alarms.ts';
import { createAutoScaling } from './services/auto-scaling/auto-scaling.ts';
import type { GroupSpec } from './services/auto-scaling/fleet.ts';
import { cloudWatchOf } from './services/cloud-watch/metric-data.ts';
import { createMetrics } from './services/cloud-watch/metrics.ts';
import { createInbox } from './services/inbox.ts';
import { createLedger } from './services/ledger.ts';
import { createLoadBalancing } from './services/load-balancing/load-balancing.ts';
import { createOutbox } from './services/outbox.ts';
import { createPeers } from './services/peers.ts';
import { createQueue, type QueueSettings } from './services/queue.ts';
import { createTopic } from './services/topic.ts';
import type { Mail, ServiceWorld } from './services/world.ts';

export const OUTCOME_TOPIC = 'tidegate-dev-outcomes';

export const promptMail: Mail = {
  deliveries: () => [30],
  reappearsAfterMs: () => undefined,
  isDropped: () => false,
};
export const kindAnswer = (): Delivery => ({ kind: 'sent' });

export type Cloud = ReturnType<typeof createCloud>;

/** An account of AWS with Tidegate's own resources, as the deployment makes them, and some fleets. */
export const createCloud = (
  world: ServiceWorld,
  configuration: Configuration,
  groups: readonly GroupSpec[],
) => {
  const queues = {
    scale: createQueue(world, QUEUES.scale),
    heal: createQueue(world, QUEUES.heal),
    notify: createQueue(world, QUEUES.notify),
  };
  const all = { ...queues, sweep: createQueue(world, QUEUES.sweep) };
  const metrics = createMetrics();
  const overrides = new Map<string, Override>();
  const autoScaling = createAutoScaling(world.timeline, groups);
  // As infrastructure/subscriptions.ts subscribes them.
  const woken = Object.values(queues).filter(
    (queue) => queue !== queues.heal || asksForHealing(configuration),
  );
  const alarms = configuration.groups.flatMap(({ rules, health }) => [
    ...alarmsOf(rules),
    ...(health ? health.watched.map(({ alarm }) => alarm) : []),
  ]);

  return {
    queues: all,
    autoScaling,
    /** The Auto Scaling groups of other Regions. */
    peers: createPeers(),
    alarmTopic: createTopic(world, 'tidegate-dev-alarms', woken),
    outcomeTopic: createTopic(world, OUTCOME_TOPIC, [queues.notify]),
    metrics,
    cloudWatch: cloudWatchOf(metrics, world.timeline.now),
    alarms: createAlarms(world.timeline, [...new Set(alarms)]),
    loadBalancing: createLoadBalancing(world.timeline, autoScaling.machines, groups),
    /** By group; the people of the scenario write them. */
    overrides,
    scaleLedger: createLedger<ScaleHead>(overrides),
    healLedger: createLedger<HealHead>(overrides, 'heal'),
    outbox: createOutbox(),
    inbox: createInbox(world),
  };
};

/** As infrastructure/queues.ts deploys them. */
const QUEUES = {
  scale: { name: 'tidegate-dev-scale', visibilitySeconds: 180, maxReceiveCount: 5 },
  heal: { name: 'tidegate-dev-heal', visibilitySeconds: 180, maxReceiveCount: 5 },
  notify: { name: 'tidegate-dev-notify', visibilitySeconds: 180, maxReceiveCount: 20 },
  sweep: { name: 'tidegate-dev-sweep', visibilitySeconds: 360, maxReceiveCount: 2 },
} as const satisfies Record<string, QueueSettings>;
