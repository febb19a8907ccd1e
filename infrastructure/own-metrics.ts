/** Metrics that the functions count themselves (shared/lambda/take-note.ts) and somebody must hear of. */
export const OWN_METRICS = [
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
] as const;
