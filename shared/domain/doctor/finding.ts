import type { Area } from './checkup.ts';

/** Something that is wrong (`error`) or may be (`warning`), and how to fix it. */
export type DoctorFinding = Readonly<{
  code: DoctorCode;
  verdict: 'warning' | 'error';
  /** The finding, with names and numbers. */
  message: string;
  /** The fix: a command, a key of tidegate.yml, or where to look. */
  fix: string;
}>;

/** Looks for one thing. */
export type Check<T> = Readonly<{
  /** The statement that holds when nothing is found. */
  sound: string;
  /** Areas that must have been read to say anything. */
  needs: readonly Area[];
  /** The obstruction when there is nothing to look at, or it cannot be seen; nothing when it can. */
  unless?: (facts: T) => Obstruction | undefined;
  find: (facts: T) => readonly DoctorFinding[];
}>;

/** The reason why something was not looked at. */
export type Obstruction = Readonly<{
  why: string;
  /** True when there is nothing to look at, so that nothing is missed. */
  isNeedless: boolean;
}>;

/** There is nothing to look at, and nothing is missed. */
export const needless = (why: string): Obstruction => ({ why, isNeedless: true });

/** There should be something to look at, and it cannot be seen. */
export const unseen = (why: string): Obstruction => ({ why, isNeedless: false });

/** The names are stable, so that scripts and people can rely on them; docs/doctor.md explains each. */
export type DoctorCode =
  // The deployment.
  | 'not-deployed'
  | 'topic-closed'
  | 'key-closed'
  | 'mail-unconfirmed'
  | 'webhook-missing'
  | 'shards-dropped'
  | 'shards-failed'
  // The group.
  | 'group-missing'
  | 'fleet-empty'
  | 'member-without-targets'
  | 'fleet-contested'
  | 'group-untagged'
  | 'group-tagged-true'
  | 'group-going'
  | 'processes-suspended'
  | 'aws-policies'
  | 'scheduled-actions'
  | 'bounds-apart'
  | 'warmup-unset'
  | 'metrics-not-collected'
  | 'basic-monitoring'
  | 'metadata-open'
  | 'subnet-unrouted'
  | 'subnet-full'
  | 'single-zone'
  // The values that its forecasts learned.
  | 'learned-drift'
  // Its alarms.
  | 'alarm-missing'
  | 'alarm-muted'
  | 'alarm-without-topic'
  | 'alarm-breaching'
  | 'alarm-without-data'
  // Its targets.
  | 'target-group-missing'
  | 'target-group-untagged'
  | 'target-group-tagged-true'
  | 'target-group-detached'
  | 'target-group-idle'
  | 'other-balancer'
  | 'zone-disabled'
  | 'port-closed'
  | 'targets-failing'
  | 'no-healthy-target'
  | 'checked-before-boot'
  | 'replaced-twice'
  | 'sticky-sessions'
  | 'no-draining'
  | 'open-to-all'
  // Its load balancers.
  | 'balancer-unrouted'
  | 'balancer-exit-closed'
  | 'listener-missing'
  | 'listener-closed'
  | 'certificate-expiring'
  | 'http-not-redirected'
  | 'access-logs-off'
  // AWS could not be asked.
  | 'unread';

export const list = (names: readonly string[], most = 5): string =>
  names.length <= most
    ? names.join(', ')
    : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
