import type { Instant } from '#domain/time/instant.ts';

/** CloudWatch's three states, and `UNKNOWN` for whatever it may add: an unknown state never acts. */
export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA' | 'UNKNOWN';

/** The kinds of alarm that publish to a topic; they differ in what their message carries. */
export type AlarmForm =
  | 'metric'
  | 'metric-math'
  | 'anomaly'
  | 'composite'
  | 'contributor'
  | 'log'
  | 'other';

/**
 * One state change as CloudWatch announced it. It is a hint to look now: messages are lost, repeated
 * and reordered, so nothing but the alarm's name decides which groups are looked at.
 */
export type AlarmEvent = Readonly<{
  kind: 'alarm';
  form: AlarmForm;
  name: string;
  arn: string;
  state: AlarmState;
  previousState: AlarmState;
  /** CloudWatch's prose; it is shown to people and never parsed. */
  reason: string;
  at: Instant;
  /** Set for alarms over several time series, which announce each contributor apart. */
  contributorId?: string;
}>;

/** One alarm as DescribeAlarms shows it at this moment. */
export type Alarm = Readonly<{
  name: string;
  arn: string;
  state: AlarmState;
  /** Time at which it entered its present state. */
  since: Instant;
  /** False while an operator has switched its actions off, or a suppressor mutes them. */
  actionsEnabled: boolean;
  /** False when CloudWatch itself says that it could not evaluate all data (EvaluationState). */
  isEvaluated: boolean;
  reason: string;
}>;
