import type { ChannelState } from './channel-state.ts';
import { incidentOf } from './incident.ts';
import { isRecovery, type News } from './news.ts';
import type { Ending, Waiting } from './notice.ts';

/** So many alarms may be open on a channel before the oldest of them are forgotten. */
const MOST_OPEN = 200;

/**
 * What a channel need not be told: that an alarm has data and is OK, when nothing says there that it ever was
 * otherwise. A new alarm begins like that, and every deployment would announce it. An alarm that was told and then lost
 * its data says the same when it is over, and must be told.
 */
export const needlessIn = (
  { openAlarms = [] }: Pick<ChannelState, 'openAlarms'>,
  waiting: readonly Waiting[],
): readonly Waiting[] =>
  waiting.filter(({ news }) => {
    if (!isRecovery(news)) return false;
    const { key } = incidentOf(news);
    const before = waiting.map((other) => other.news).filter((other) => isBefore(other, news, key));
    return !openAfterNews(openAlarms, before).includes(key);
  });

const isBefore = (other: News, news: News, key: string): boolean =>
  other.kind === 'alarm' && other.at < news.at && incidentOf(other).key === key;

type Ended = Readonly<{ item: Waiting; ending: Ending }>;

/** The state once these items have ended: which alarms people on the channel know to be open. */
export const withOpenAlarms = (state: ChannelState, ended: readonly Ended[]): ChannelState => {
  const told = ended.filter(({ ending }) => TOLD.includes(ending.kind));
  const news = told.map(({ item }) => item.news).filter(({ kind }) => kind === 'alarm');
  if (news.length === 0) return state;

  const openAlarms = openAfterNews(state.openAlarms ?? [], news).slice(-MOST_OPEN);
  return { ...state, openAlarms };
};

/** What was perhaps told, or told elsewhere, has an end that must be told. */
const TOLD: readonly Ending['kind'][] = ['sent', 'uncertain', 'diverted'];

const openAfterNews = (open: readonly string[], news: readonly News[]): readonly string[] =>
  [...news]
    .sort((a, b) => a.at - b.at)
    .reduce<readonly string[]>((keys, each) => {
      const { key, phase } = incidentOf(each);
      if (phase !== 'opened' && phase !== 'closed') return keys;
      const others = keys.filter((other) => other !== key);
      return phase === 'opened' ? [...others, key] : others;
    }, open);
