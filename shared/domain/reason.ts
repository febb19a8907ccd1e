/**
 * Why a decision came out as it did. The names are stable: people search, filter and alert on them.
 * `docs/reasons.md` explains each.
 */
export type Reason =
  // What a rule or a gate saw.
  | 'ThresholdMet'
  | 'ThresholdNotMet'
  | 'ActionsDisabled'
  | 'BandMet'
  | 'NoBandMet'
  | 'TargetExceeded'
  | 'BelowTarget'
  | 'WithinTolerance'
  | 'Computed'
  | 'WindowOpen'
  | 'WindowClosed'
  | 'Fallback'
  | 'Passed'
  // Acting.
  | 'ScaledOut'
  | 'ScaledIn'
  | 'BelowMinimum'
  | 'AboveMaximum'
  | 'TargetsReplaced'
  | 'TargetsDeregistered'
  // Nothing to do.
  | 'Steady'
  | 'NoUnhealthyTargets'
  // Waiting for the right moment.
  | 'CoolingDown'
  | 'InstancesPending'
  | 'InstancesWarmingUp'
  | 'ScaleUpStabilized'
  | 'ScaleDownStabilized'
  | 'ScaleUpLimit'
  | 'ScaleDownLimit'
  | 'ScalingDisabled'
  | 'MissingData'
  | 'RulesDisagree'
  | 'AtMinimum'
  | 'AwaitingSecondSighting'
  | 'TargetsUntouchable'
  | 'ReplacementInProgress'
  | 'Paused'
  | 'Pinned'
  // What a person did.
  | 'OverrideSet'
  | 'OverrideEnding'
  | 'OverrideEnded'
  // A person should know.
  | 'AtMaximum'
  | 'Capped'
  | 'NotManaged'
  | 'GroupNotFound'
  | 'GroupBeingDeleted'
  | 'ProcessSuspended'
  | 'BelowHealthyFloor'
  | 'CommonCause'
  | 'NotifyOnly'
  | 'MetricsFailed'
  | 'LaunchesFailing'
  // The world refused.
  | 'GroupBusy'
  | 'OutOfBounds'
  | 'AccessDenied'
  | 'Throttled';
