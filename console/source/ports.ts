import type { StatusReads } from '#app/status/observe-status.ts';
import type { Controls, Figure, PageAction, PageAnswer, WorldEvent } from '#console/page/data.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { Metric } from '#domain/configuration/metric.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { StoryReads } from './story-of.ts';

/** The fleet that a page is about, deployed or simulated: what is read of it, and what a person can do. */
export type ConsolePorts = Readonly<{
  title: string;
  subtitle: () => string;
  now: () => Instant;
  /** The begin of the time line. */
  since: () => Instant;
  configuration: () => Configuration;
  /** The members of fleets, which the configuration does not name; none where there are no fleets. */
  members?: () => Promise<readonly Group[]>;
  reads: StatusReads & StoryReads & DecisionReads;
  /** All values of metrics between two moments, in the order of the metrics. Throws when one cannot be read. */
  readRanges: (
    metrics: readonly Metric[],
    from: Instant,
    to: Instant,
  ) => Promise<readonly ReadonlyMap<Instant, number>[]>;
  readOverride: (group: string) => Promise<Override | undefined>;
  /** A response time from here on is too slow, in milliseconds; absent when nobody said so. */
  latencyLimitMs?: (group: string) => number | undefined;
  /** Things that happened to the fleet; none where nobody saw them. */
  events?: () => readonly WorldEvent[];
  /** Figures of the whole time; those of the decisions when absent. */
  figures?: () => readonly Figure[];
  controls?: () => Controls;
  act?: (action: PageAction) => Promise<PageAnswer>;
}>;

export type DecisionReads = Readonly<{
  /** The decisions of a group in a time, both ends inclusive, the newest first. */
  listDecisions: (
    range: Readonly<{ group: string; since?: Instant; until?: Instant; most?: number }>,
  ) => Promise<readonly RecordedDecision[]>;
  /** The time of a decision by its id; nothing when the ledger does not know it. */
  readTimeOf: (group: string, id: string) => Promise<Instant | undefined>;
}>;
