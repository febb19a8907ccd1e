/**
 * The part that an instance plays in its group: `serving` takes load, `coming` is on its way to service,
 * `leaving` is on its way out, `apart` belongs to the group and not to its capacity, and nobody knows what
 * `unknown` does.
 */
export type Phase = 'serving' | 'coming' | 'leaving' | 'apart' | 'unknown';

/**
 * Every lifecycle state that AWS names, and its phase
 * (https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_Instance.html,
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html). `Quarantined` is
 * in the list of the API, and no page says what it means.
 */
export const PHASE_OF_STATE: Readonly<Record<string, Phase>> = {
  InService: 'serving',

  Pending: 'coming',
  'Pending:Wait': 'coming',
  'Pending:Proceed': 'coming',
  ReplacingRootVolume: 'coming',
  'ReplacingRootVolume:Wait': 'coming',
  'ReplacingRootVolume:Proceed': 'coming',
  RootVolumeReplaced: 'coming',

  Terminating: 'leaving',
  'Terminating:Wait': 'leaving',
  'Terminating:Proceed': 'leaving',
  'Terminating:Retained': 'leaving',
  Terminated: 'leaving',
  Detaching: 'leaving',
  Detached: 'leaving',

  EnteringStandby: 'apart',
  Standby: 'apart',
  'Warmed:Pending': 'apart',
  'Warmed:Pending:Wait': 'apart',
  'Warmed:Pending:Proceed': 'apart',
  'Warmed:Pending:Retained': 'apart',
  'Warmed:Running': 'apart',
  'Warmed:Stopped': 'apart',
  'Warmed:Hibernated': 'apart',
  'Warmed:Terminating': 'apart',
  'Warmed:Terminating:Wait': 'apart',
  'Warmed:Terminating:Proceed': 'apart',
  'Warmed:Terminating:Retained': 'apart',
  'Warmed:Terminated': 'apart',

  Quarantined: 'unknown',
};

/** The same to look up in: every decision asks for the phase of every instance, several times. */
const PHASES: ReadonlyMap<string, Phase> = new Map(Object.entries(PHASE_OF_STATE));

/** The phase of a lifecycle state; one that is not in the table is `unknown`. */
export const phaseOf = (lifecycleState: string): Phase => PHASES.get(lifecycleState) ?? 'unknown';

type InState = Readonly<{ lifecycleState: string }>;

/** The instance takes load, and may be taken by a scale-in unless it is protected. */
export const isServing = ({ lifecycleState }: InState): boolean =>
  phaseOf(lifecycleState) === 'serving';

/**
 * The instance counts towards the desired capacity. One in an unknown state does, so that it is never
 * taken for a launch that failed.
 */
export const countsAsCapacity = ({ lifecycleState }: InState): boolean => {
  const phase = phaseOf(lifecycleState);
  return phase === 'serving' || phase === 'coming' || phase === 'unknown';
};

/**
 * The instance counts towards the desired capacity and takes no load yet. One in an unknown state counts
 * as such: nothing is added on top of it, and nothing is removed on its account.
 */
export const isOnItsWay = (instance: InState): boolean =>
  countsAsCapacity(instance) && !isServing(instance);
