import type { TraceLine } from '#domain/ledger/decision.ts';
import type { OutcomeKind } from '#domain/ledger/outcome.ts';
import type { Instant } from '#domain/time/instant.ts';

/** A moment of the fleet, as the plots show it. */
export type Point = Readonly<{
  at: Instant;
  requestsPerSecond: number;
  capacityDesired: number;
  serving: number;
  p95LatencyMs: number;
}>;

/** A decision, as a mark on the plots and a row below them. */
export type Mark = Readonly<{
  at: Instant;
  id: string;
  kind: OutcomeKind;
  /** The decision's one sentence. */
  summary: string;
  reason: string;
  trace: readonly TraceLine[];
  /** The place of the mark on the plot of the capacity; none for decisions about targets. */
  capacity?: number;
}>;

/** A value at a moment; nothing where it was missing. */
export type Dot = Readonly<{ at: Instant; value: number | undefined }>;

/** A value at which a rule begins to ask for something. */
export type Threshold = Readonly<{ value: number; label: string }>;

/** A metric that rules look at, as CloudWatch showed it minute by minute. */
export type MetricSeries = Readonly<{
  name: string;
  unit: string;
  thresholds: readonly Threshold[];
  values: readonly Dot[];
}>;

export type Figure = Readonly<{ name: string; value: string }>;

export type ReportData = Readonly<{
  title: string;
  /** The simulation in a sentence: rules, load, seed. */
  subtitle: string;
  points: readonly Point[];
  marks: readonly Mark[];
  /** The metrics that rules look at. */
  metrics: readonly MetricSeries[];
  figures: readonly Figure[];
  /** The response time that counts as slow. */
  latencyLimitMs: number;
  /** HTML that compares the rules with other ways to scale. */
  beside?: string;
}>;
