import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Decision, TraceLine } from '#domain/ledger/decision.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
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

/** A channel that the news of a decision goes to, and how it ended there; `known` of trouble that was told before. */
export type Told = Readonly<{
  channel: string;
  status: NoticeStatus['kind'] | 'waiting' | 'known';
  to?: string;
}>;

/** The channels that hear of an outcome by the routes of this configuration. */
export const channelsFor = (configuration: Configuration, news: Outcome): readonly string[] =>
  destinationsFor(configuration, news, news.at).map(({ channel }) => channel);

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
