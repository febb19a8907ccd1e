import { type GroupsAndFleets, mayNeedShards } from '#domain/sweep/shard.ts';

/** A metric that the functions count themselves (shared/lambda/take-note.ts) and somebody must hear of. */
export type OwnMetric = Readonly<{ metricName: string; description: string }>;

/** The metrics of a deployment that somebody must hear of. */
export const ownMetricsIn = (configuration: GroupsAndFleets): readonly OwnMetric[] =>
  mayNeedShards(configuration) ? [...OWN_METRICS, SHARDS_DROPPED] : OWN_METRICS;

const OWN_METRICS: readonly OwnMetric[] = [
  {
    metricName: 'MissedNotifications',
    description:
      'An alarm fired and its message never came; the sweep acted on it later. Check the alarm topic, its key and the actions of the alarm.',
  },
  {
    metricName: 'NoticesLost',
    description:
      'A message to operators was refused, or nobody knows whether it arrived. The log of notify names the channel and the reason.',
  },
  {
    metricName: 'ChannelsBroken',
    description:
      'A channel takes no messages any more: its webhook was revoked, its channel archived, its token withdrawn. The log of notify names it; another channel gets what is urgent.',
  },
  {
    metricName: 'TellingFailed',
    description:
      'What scale or heal did could not be published yet. Check the outcome topic and its key.',
  },
];

const SHARDS_DROPPED: OwnMetric = {
  metricName: 'ShardsDropped',
  description:
    'The sweep came too late to some of its groups and left them out for a minute. The log of sweep says how many, and what it waits for.',
};
