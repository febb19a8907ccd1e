import type { AlarmEvent, AlarmState } from './alarm.ts';
import type { Alert, Severity } from './alert.ts';
import { type Incident, incidentOf, severityOf } from './incident.ts';
import type { Instant } from './instant.ts';
import { type News, referenceOf } from './news.ts';
import type { Outcome } from './outcome.ts';
import type { Reason } from './reason.ts';

/** What a channel shows. The texts are as long and as hostile as their origin: channels tame them. */
export type Message = Readonly<{
  /** One line: who, and what happened. */
  title: string;
  /** Why, in a sentence or two; may be empty. */
  text: string;
  fields: readonly Field[];
  severity: Severity;
  incident: Incident;
  /** By which people recognise a repeat: the decision's id, or the alarm's name. */
  reference: string;
  at: Instant;
}>;

export type Field = Readonly<{ name: string; value: string }>;

/** Puts a piece of news into the words that every channel uses. */
export const describeNews = (news: News): Message => ({
  ...wordsOf(news),
  severity: severityOf(news),
  incident: incidentOf(news),
  reference: referenceOf(news),
  at: news.at,
});

const wordsOf = (news: News): Words => {
  if (news.kind !== 'alarm') return describeOutcome(news);
  return news.alert === undefined ? describeAlarm(news) : describeAlert(news, news.alert);
};

type Words = Pick<Message, 'title' | 'text' | 'fields'>;

const describeOutcome = (outcome: Outcome): Words => ({
  title: `${outcome.group} ${whatHappened(outcome)}`,
  text: outcome.summary,
  fields: [
    { name: 'Group', value: outcome.group },
    { name: 'Auto Scaling group', value: outcome.autoScalingGroup },
    { name: 'Reason', value: outcome.reason },
    ...capacityField(outcome),
    ...targetsField(outcome),
    ...holdField(outcome),
  ],
});

const whatHappened = ({ kind, reason, capacity, targets = [] }: Outcome): string => {
  switch (kind) {
    case 'scaled':
      return capacity === undefined
        ? 'was scaled'
        : `scaled ${capacity.to > capacity.from ? 'out' : 'in'} from ${capacity.from} to ${capacity.to}`;
    case 'replaced':
      return (
        HEALINGS.get(reason) ??
        `took ${targets.length} unhealthy target${targets.length === 1 ? '' : 's'} out of service`
      );
    case 'foreign':
      return 'was changed by somebody else';
    case 'override':
      return OVERRIDES.get(reason) ?? 'has an override';
    case 'held':
      return 'was left as it is';
    case 'at-max':
      return 'is at its maximum and needs more';
    case 'blocked':
      return 'is blocked: somebody must look';
    case 'failed':
      return 'could not be changed: somebody must look';
  }
};

const HEALINGS: ReadonlyMap<Reason, string> = new Map([
  ['TargetsReturned', 'tries a target again'],
  ['InstanceQuarantined', 'put an instance aside to be looked at'],
  ['QuarantineEnded', 'ended a quarantine'],
]);

const OVERRIDES: ReadonlyMap<Reason, string> = new Map([
  ['OverrideSet', 'was taken in hand'],
  ['OverrideEnding', 'will soon be under its rules again'],
  ['OverrideEnded', 'is under its rules again'],
]);

const capacityField = ({ capacity }: Outcome): readonly Field[] =>
  capacity === undefined ? [] : [{ name: 'Capacity', value: `${capacity.from} → ${capacity.to}` }];

/** What to do when it was not right. */
const holdField = ({ kind, group }: Outcome): readonly Field[] =>
  kind === 'scaled' || kind === 'replaced'
    ? [{ name: 'To hold it', value: `npx tidegate pause ${group} --for 1h --reason "…"` }]
    : [];

/** So many targets are named; the decision in the ledger has them all. */
const TARGETS_SHOWN = 10;

const targetsField = ({ targets = [] }: Outcome): readonly Field[] => {
  if (targets.length === 0) return [];

  const more = targets.length - TARGETS_SHOWN;
  const named = targets.slice(0, TARGETS_SHOWN).join(', ');
  return [{ name: 'Targets', value: more > 0 ? `${named} and ${more} more` : named }];
};

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
