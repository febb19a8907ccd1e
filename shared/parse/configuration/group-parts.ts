import type { MetricInput } from './schema/metric-schema.ts';

/** Parts of a group to which its rules and alerts refer, as far as they are well-formed. */
export type GroupParts = Readonly<{
  /** The names of all metrics, well-formed or not. */
  metricNames: readonly string[];
  metrics: ReadonlyMap<string, MetricInput>;
  /** The bounds that the file gives the group. */
  bounds: Readonly<{ min?: number | undefined; max?: number | undefined }>;
  /** Set when they are the parts of a fleet, and so of many groups. */
  isFleet?: true;
}>;
