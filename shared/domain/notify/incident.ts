import type { Severity } from '#domain/configuration/alert.ts';
import { isEnd, matterOf, type OutcomeKind, TROUBLES } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import type { AlarmNews, News } from './news.ts';

/**
 * An incident is all that belongs together from its first sign to its end: one group and one matter, or one alarm.
 * Channels that keep incidents (PagerDuty) open and close them by the key.
 */
export type Incident = Readonly<{
  key: string;
  /** The meaning of this piece of news to it. `noted` changes nothing about it. */
  phase: 'opened' | 'acknowledged' | 'closed' | 'noted';
}>;

export const incidentOf = (news: News): Incident => {
  if (news.kind === 'channel') {
    return { key: `channel/${news.channel}`, phase: news.isBroken ? 'opened' : 'closed' };
  }
  if (news.kind === 'alarm') return incidentOfAlarm(news);
  if (news.kind === 'drill') {
    const { phase = 'noted' } = 'channel' in news ? news : {};
    return { key: `drill/${news.drill}`, phase };
  }

  if (news.kind === 'report') return { key: `report/${news.at}`, phase: 'noted' };

  const { group, kind, reason } = news;
  const key = `${group}/${matterOf(news)}`;
  return { key, phase: reason === 'OverrideSet' ? 'acknowledged' : phaseOf(kind, reason) };
};

const incidentOfAlarm = ({ alert, name, state, contributorId }: AlarmNews): Incident => {
  const alarm = alert === undefined ? `alarm/${name}` : `${alert.group}/alert/${alert.name}`;
  // A contributor that is over says nothing of the others, nor of the alarm, which tells its own end.
  const key = contributorId === undefined ? alarm : `${alarm}/${contributorId}`;
  return { key, phase: ALARM_PHASES.get(state) ?? 'noted' };
};

const ALARM_PHASES: ReadonlyMap<string, Incident['phase']> = new Map([
  ['ALARM', 'opened'],
  ['OK', 'closed'],
]);

const phaseOf = (kind: OutcomeKind, reason: Reason): Incident['phase'] => {
  if (TROUBLES.includes(kind)) return 'opened';
  return isEnd({ kind, reason }) ? 'closed' : 'noted';
};

/** Rates a piece of news: an alert says its severity itself, an outcome by what came of it. */
export const severityOf = (news: News): Severity => {
  if (news.kind === 'alarm') return news.alert?.severity ?? 'warning';
  if (news.kind === 'channel') return news.isBroken ? 'critical' : 'info';
  return news.kind === 'drill' || news.kind === 'report'
    ? 'info'
    : severityOfOutcome(news.kind, news.reason);
};

/** Rates an outcome by what came of it, and why. */
export const severityOfOutcome = (kind: OutcomeKind, reason: Reason): Severity => {
  if (kind === 'failed') return 'critical';
  if (kind !== 'blocked') return WARNINGS.includes(kind) ? 'warning' : 'info';
  return MILD.includes(reason) ? 'warning' : 'critical';
};

/** Not urgent, and yet somebody should look. */
const WARNINGS: readonly OutcomeKind[] = ['at-max', 'flapping'];

/** Blocked, and nothing gets worse while nobody looks. */
const MILD: readonly Reason[] = [
  'NotifyOnly',
  'QuarantineEnding',
  'ForeignWriter',
  'InstancesStuck',
  'StuckAtZero',
  'InstancesProtected',
];
