import { failure } from '#cli/output/failure.ts';
import { type Channel, capabilitiesOf } from '#domain/configuration/channel.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { type DrillNews, markedNews } from '#domain/ledger/drill.ts';
import { keyOfNews } from '#domain/notify/news.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';
import { channelStep } from './channel-step.ts';
import type { DrillPlace } from './drill-place.ts';
import { arrived } from './hops.ts';
import type { DrillStep } from './step.ts';

/** The channel of that name; throws what was probably meant. */
export const channelNamed = ({ channels }: Configuration, name: string): Channel => {
  const found = channels.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = channels.map((each) => each.name);
  const { suggestion = `there are ${names.join(', ')}` } = didYouMean(nearest(name, names));
  throw failure(
    'unknown-name',
    `there is no channel named "${name}" in the configuration`,
    names.length === 0 ? 'notify.channels is empty' : suggestion,
  );
};

/** Sends news for one channel through the outcome topic; where it keeps incidents, one that is opened and closed. */
export const sendToChannel = async (
  from: DrillPlace,
  channel: Channel,
): Promise<() => Promise<readonly DrillStep[]>> => {
  const { drills, id, startedAt } = from;
  const base = { kind: 'drill', drill: id, at: startedAt, channel: channel.name } as const;
  const news: readonly DrillNews[] = capabilitiesOf(channel).keepsIncidents
    ? [
        { ...base, phase: 'opened' },
        { ...base, phase: 'closed', at: startedAt + 1 },
      ]
    : [base];
  for (const each of news) await drills.publish('outcomes', JSON.stringify(markedNews(each)));
  return async () => [
    arrived(from, await drills.readHops(id), 'notify'),
    ...(await Promise.all(news.map((each) => channelStep(from, channel.name, keyOfNews(each))))),
  ];
};
