import type { Area } from './checkup.ts';

/** Something that is wrong (`error`) or may be (`warning`), and how to mend it. */
export type Ailment = Readonly<{
  code: AilmentCode;
  verdict: 'warning' | 'error';
  /** What was found, with names and numbers. */
  message: string;
  /** What to do: a command, a key of tidegate.yml, or where to look. */
  fix: string;
}>;

/** Looks for one thing. */
export type Check<T> = Readonly<{
  /** What is so when nothing is found. */
  sound: string;
  /** What must have been read to say anything. */
  needs: readonly Area[];
  find: (facts: T) => readonly Ailment[];
}>;

/** The names are stable, so that scripts and people can rely on them; docs/doctor.md explains each. */
export type AilmentCode =
  // The deployment.
  | 'not-deployed'
  | 'topic-closed'
  | 'key-closed'
  | 'mail-unconfirmed'
  | 'webhook-missing'
  // The group.
  | 'group-missing'
  | 'group-untagged'
  | 'group-going'
  | 'processes-suspended'
  | 'aws-policies'
  | 'scheduled-actions'
  | 'bounds-apart'
  | 'warmup-unset'
  | 'metrics-not-collected'
  | 'basic-monitoring'
  // Its alarms.
  | 'alarm-missing'
  | 'alarm-muted'
  | 'alarm-without-topic'
  | 'alarm-breaching'
  | 'alarm-without-data'
  // Its targets.
  | 'target-group-missing'
  | 'target-group-untagged'
  | 'target-group-detached'
  | 'target-group-idle'
  | 'other-balancer'
  | 'zone-disabled'
  | 'port-closed'
  | 'targets-failing'
  | 'no-healthy-target'
  | 'checked-before-boot'
  | 'replaced-twice'
  // What could not be looked at.
  | 'unread';

export const list = (names: readonly string[], most = 5): string =>
  names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
