/**
 * A rule that cannot see does one of these: `hold` forbids to scale in, `ignore` leaves the rule out, `zero`
 * takes 0 for the value, `fail` lets nothing move and calls a person, `last` takes a value that is up to
 * so many seconds old, `fallback` asks for a capacity.
 */
export type OnMissing =
  | 'hold'
  | 'ignore'
  | 'zero'
  | 'fail'
  | Readonly<{ last: number }>
  | Readonly<{ fallback: number }>;

/**
 * An alarm that the deployment generates from a condition, one that the operator already has, or, for a member of a
 * fleet, a condition that is held against the metric at each look and has no alarm in CloudWatch; it is named by its
 * text.
 */
export type AlarmBinding =
  | Readonly<{ kind: 'generated'; name: string; condition: Condition }>
  | Readonly<{ kind: 'existing'; name: string }>
  | Readonly<{ kind: 'watched'; name: string; condition: Condition }>;

export type Comparison = '>' | '>=' | '<' | '<=';

/** `cpu > 70 for 5m`: breaching for `datapoints` of the last `periods` periods of the metric. */
export type Condition = Readonly<{
  /** As the operator wrote it, for messages. */
  text: string;
  metric: string;
  comparison: Comparison;
  threshold: number;
  datapoints: number;
  periods: number;
}>;

export type Adjustment =
  | Readonly<{ kind: 'add' | 'remove'; amount: number; unit: 'capacity' | 'percent' }>
  | Readonly<{ kind: 'set'; capacity: number }>;
