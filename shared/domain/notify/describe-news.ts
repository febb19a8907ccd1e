import {
  describeWhereabouts,
  tidegateCommand,
  type Whereabouts,
  whereaboutsOf,
} from '#domain/basics/whereabouts.ts';
import type { Alert } from '#domain/configuration/alert.ts';
import { describeAdjustment } from '#domain/configuration/describe-adjustment.ts';
import { factsOf } from '#domain/configuration/rule.ts';
import type { AlarmEvent, AlarmState } from '#domain/observed/alarm.ts';
import { describeDrill } from './describe-drill.ts';
import { describeOutcome } from './describe-outcome.ts';
import { incidentOf, severityOf } from './incident.ts';
import { linksOf } from './links.ts';
import type { Field, Message, MessageWords } from './message.ts';
import type { MessageContext } from './message-context.ts';
import { type ChannelNews, type News, referenceOf } from './news.ts';
import type { ReportNews } from './report-news.ts';

/** Puts a piece of news into the words that every channel uses. */
export const describeNews = (news: News, context: MessageContext = {}): Message => ({
  ...wordsOf(news, context),
  links: linksOf(news, context),
  ...(context.chart === undefined ? {} : { chart: context.chart }),
  ...(describeWhereabouts(context) === undefined ? {} : { where: whereaboutsOf(context) }),
  severity: severityOf(news),
  incident: incidentOf(news),
  reference: referenceOf(news),
  at: news.at,
});

const wordsOf = (news: News, context: MessageContext): MessageWords => {
  if (news.kind === 'channel') return describeChannel(news, context);
  if (news.kind === 'drill') return describeDrill(news, context);
  if (news.kind === 'report') return describeScheduledReport(news, context);
  if (news.kind !== 'alarm') return describeOutcome(news, context);
  return news.alert === undefined
    ? describeAlarm(news, context)
    : describeAlert(news, news.alert, context);
};

const describeChannel = (
  { channel, isBroken, detail }: ChannelNews,
  where: MessageContext,
): MessageWords => ({
  title: isBroken
    ? `The channel ${channel} takes no messages: somebody must look`
    : `The channel ${channel} takes messages again`,
  text: detail,
  fields: [
    ...whereField(where),
    ...(isBroken
      ? [{ name: 'To try it', value: tidegateCommand(`notify --test ${channel}`, where) }]
      : []),
  ],
});

/** The report as the sweep has put it into words, with the command that prints all of it. */
const describeScheduledReport = (
  { title, text, fields, days }: ReportNews,
  where: MessageContext,
): MessageWords => ({
  title,
  text,
  fields: [
    ...whereField(where),
    ...fields,
    { name: 'To read all of it', value: tidegateCommand(`report --since ${days}d`, where) },
  ],
});

const whereField = (where: Whereabouts): readonly Field[] => {
  const value = describeWhereabouts(where);
  return value === undefined ? [] : [{ name: 'Where', value }];
};

const describeAlarm = (
  { name, state, previousState, reason, contributorId }: AlarmEvent,
  context: MessageContext,
): MessageWords => ({
  title: `Alarm ${name} ${STATES[state]}`,
  text: reason,
  fields: [
    ...whereField(context),
    { name: 'State', value: `${previousState} → ${state}` },
    ...(contributorId === undefined ? [] : [{ name: 'Contributor', value: contributorId }]),
    ...boundField(name, context),
  ],
});

/** The rules that the alarm is bound to, and what they ask for while it fires. */
const boundField = (alarm: string, { groups = [] }: MessageContext): readonly Field[] => {
  const bound = groups.flatMap(({ name: group, rules }) =>
    rules.flatMap((rule) =>
      factsOf(rule).alarm?.name === alarm
        ? [`${group}/${rule.name}: ${factsOf(rule).adjustments.map(describeAdjustment).join(', ')}`]
        : [],
    ),
  );
  return bound.length === 0 ? [] : [{ name: 'Rules', value: bound.join(', ') }];
};

const describeAlert = (
  { state, reason }: AlarmEvent,
  alert: Alert,
  context: MessageContext,
): MessageWords => ({
  title: `${alert.group}: ${alert.name} ${ALERT_STATES[state]}`,
  text: state === 'ALARM' ? `${alert.condition.text}. ${reason}` : reason,
  fields: [
    ...whereField(context),
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
