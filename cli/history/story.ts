import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Decision, TraceLine } from '#domain/ledger/decision.ts';
import { kindOfHold } from '#domain/ledger/outcome-of.ts';
import { type RecordedDecision, subjectOfRecorded } from '#domain/ledger/recorded-decision.ts';
import type { News } from '#domain/notify/news.ts';
import type { NoticeStatus } from '#domain/notify/notice.ts';
import { destinationsFor } from '#domain/notify/routing.ts';
import type { DecisionRecord } from '#parse/record/parse-record.ts';

/** A decision as a story. What it looked at is absent when the ledger has no record of it. */
export type Story = Readonly<{
  decision: RecordedDecision;
  record?: DecisionRecord & Readonly<{ decision: Decision }>;
  /** The reason why there is no record. */
  unrecorded?: string;
  told: readonly Told[];
}>;

/** A channel that the news of a decision goes to, and how it ended there. */
export type Told = Readonly<{
  channel: string;
  status: NoticeStatus['kind'] | 'waiting';
  to?: string;
}>;

/** The news that a decision was; nothing of one that was overtaken, or is still in flight. */
export const newsOf = (decision: RecordedDecision): News | undefined => {
  const { outcome, status, id, group, at, reason, summary } = decision;
  if (outcome !== undefined) return outcome;
  if (status !== 'held') return undefined;
  return {
    schemaVersion: 1,
    kind: kindOfHold(reason),
    decisionId: id,
    group,
    autoScalingGroup: group,
    at,
    about: subjectOfRecorded(decision),
    reason,
    summary,
  };
};

/** The channels that hear of a decision by the routes of this configuration. */
export const channelsFor = (
  configuration: Configuration,
  decision: RecordedDecision,
): readonly string[] => {
  const news = newsOf(decision);
  if (news === undefined) return [];
  return destinationsFor(configuration, news, decision.at).map(({ channel }) => channel);
};

/** Lines of a trace by what they are about. */
export const partsOf = (trace: readonly TraceLine[]) => {
  const others = trace.filter(({ stage }) => stage !== 'rule' && stage !== 'combine');
  return {
    rules: trace.filter(({ stage }) => stage === 'rule'),
    combined: trace.find(({ stage }) => stage === 'combine'),
    /** The gates and guards that held or bent, and other stages that decided. */
    spoke: others.filter(({ verdict }) => verdict !== 'pass'),
    passed: others.filter(({ verdict }) => verdict === 'pass'),
  };
};
