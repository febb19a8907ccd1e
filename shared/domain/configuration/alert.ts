import type { Condition } from './rule-parts.ts';

/** Severities of an alert, the least first. */
export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A condition that people want to hear of, and that scales nothing. */
export type Alert = Readonly<{
  name: string;
  /** The group whose metric it looks at. */
  group: string;
  /** The generated alarm. */
  alarm: string;
  condition: Condition;
  severity: Severity;
  /** Address of the page where people have written down what to do. */
  runbook?: string;
}>;
