import type { ChannelState, KnownAlarm } from './channel-state.ts';
import { incidentOf } from './incident.ts';
import { isRecovery, type News } from './news.ts';
import type { EndedNotice, NoticeStatus, Waiting } from './notice.ts';

/** So many alarms are known to a channel before those are forgotten that changed longest ago. */
const MOST_KNOWN = 200;

/**
 * Finds what a channel need not be told. That an alarm has data and is OK, when nothing says there that it ever was
 * otherwise: a new alarm begins like that, and every deployment would announce it; an alarm that was told and then
 * lost its data says the same when it is over, and must be told. And that an alarm fired, when it came after its own
 * end: nobody would hear of that a second time. An end that only waits, too, is no reason to drop a later one: it
 * may never be told, and what fires in between may still be on its way.
 */
export const needlessIn = (
  { alarms = [] }: Pick<ChannelState, 'alarms'>,
  waiting: readonly Waiting[],
): readonly Waiting[] => {
  const inOrder = waiting
    .filter(({ news }) => news.kind === 'alarm')
    .toSorted((a, b) => a.news.at - b.news.at);
  const later = [...inOrder];
  let known = alarms;

  return inOrder.filter(({ news }) => {
    const isBefore = later.findIndex((other) => other.news.at >= news.at);
    known = knownAfter(
      known,
      later
        .splice(0, isBefore)
        .map((other) => other.news)
        .filter((news) => incidentOf(news).phase === 'opened'),
    );
    const { key, phase } = incidentOf(news);
    const alarm = known.find((each) => each.key === key);
    if (isRecovery(news)) return alarm?.isOpen !== true;
    return phase === 'opened' && alarm?.isOpen === false && alarm.at > news.at;
  });
};

/** The state once these items have ended: how the alarms stand as people on the channel know them. */
export const withKnownAlarms = (
  state: ChannelState,
  ended: readonly EndedNotice[],
): ChannelState => {
  const news = ended
    .filter(isKnownAfter)
    .map(({ item }) => item.news)
    .filter(({ kind }) => kind === 'alarm');
  if (news.length === 0) return state;

  return { ...state, alarms: knownAfter(state.alarms ?? [], news).slice(-MOST_KNOWN) };
};

/** An end that the channel refused or that was dropped is not told, yet an alarm that is older is over all the same. */
const isKnownAfter = ({ item, ending }: EndedNotice): boolean =>
  KNOWN.includes(ending.kind) || incidentOf(item.news).phase === 'closed';

/** News that was perhaps told, or told elsewhere, has an end that must be told; needless news is known. */
const KNOWN: readonly NoticeStatus['kind'][] = ['sent', 'uncertain', 'failed-over', 'needless'];

const knownAfter = (alarms: readonly KnownAlarm[], news: readonly News[]): readonly KnownAlarm[] =>
  [...news].sort((a, b) => a.at - b.at).reduce((known, each) => knownWith(known, each), alarms);

/** News that is older than what is known changes nothing. */
const knownWith = (known: readonly KnownAlarm[], news: News): readonly KnownAlarm[] => {
  const { key, phase } = incidentOf(news);
  const before = known.find((alarm) => alarm.key === key);
  const isOld = before !== undefined && before.at > news.at;
  if (phase === 'noted' || isOld) return known;

  const others = known.filter((alarm) => alarm !== before);
  return [...others, { key, isOpen: phase === 'opened', at: news.at }];
};
