import type { AlarmEvent, AlarmState } from './alarm.ts';
import type { Alert } from './alert.ts';
import { describeOutcome } from './describe-outcome.ts';
import { incidentOf, severityOf } from './incident.ts';
import { linksOf } from './links.ts';
import type { Message } from './message.ts';
import { type ChannelNews, type News, referenceOf } from './news.ts';
import type { Surroundings } from './surroundings.ts';

/** Puts a piece of news into the words that every channel uses. */
export const describeNews = (news: News, surroundings: Surroundings = {}): Message => ({
  ...wordsOf(news, surroundings),
  links: linksOf(news, surroundings),
  ...(surroundings.chart === undefined ? {} : { chart: surroundings.chart }),
  severity: severityOf(news),
  incident: incidentOf(news),
  reference: referenceOf(news),
  at: news.at,
});

const wordsOf = (news: News, surroundings: Surroundings): Words => {
  if (news.kind === 'channel') return describeChannel(news);
  if (news.kind !== 'alarm') return describeOutcome(news, surroundings);
  return news.alert === undefined ? describeAlarm(news) : describeAlert(news, news.alert);
};

const describeChannel = ({ channel, isBroken, detail }: ChannelNews): Words => ({
  title: isBroken
    ? `The channel ${channel} takes no messages: somebody must look`
    : `The channel ${channel} takes messages again`,
  text: detail,
  fields: isBroken ? [{ name: 'To try it', value: `npx tidegate notify --test ${channel}` }] : [],
});

type Words = Pick<Message, 'title' | 'text' | 'fields'>;

const describeAlarm = ({
  name,
  state,
  previousState,
  reason,
  contributorId,
}: AlarmEvent): Words => ({
  title: `Alarm ${name} ${STATES[state]}`,
  text: reason,
  fields: [
    { name: 'State', value: `${previousState} → ${state}` },
    ...(contributorId === undefined ? [] : [{ name: 'Contributor', value: contributorId }]),
  ],
});

const describeAlert = ({ state, reason }: AlarmEvent, alert: Alert): Words => ({
  title: `${alert.group}: ${alert.name} ${ALERT_STATES[state]}`,
  text: state === 'ALARM' ? `${alert.condition.text}. ${reason}` : reason,
  fields: [
    { name: 'Group', value: alert.group },
    { name: 'Severity', value: alert.severity },
    { name: 'Condition', value: alert.condition.text },
  ],
});

const ALERT_STATES: Readonly<Record<AlarmState, string>> = {
  OK: 'is over',
  ALARM: 'needs a look',
  INSUFFICIENT_DATA: 'has too little data',
  UNKNOWN: 'is in a state that Tidegate does not know',
};

const STATES: Readonly<Record<AlarmState, string>> = {
  OK: 'is OK',
  ALARM: 'is firing',
  INSUFFICIENT_DATA: 'has too little data',
  UNKNOWN: 'is in a state that Tidegate does not know',
};
