import type { Answer, Refusal } from '#domain/ledger/outcome.ts';

/**
 * Turns a fault with which AWS certainly did nothing into an answer. Whatever leaves that open, such
 * as a time-out or a 5xx, is thrown again: the decision then stays in flight until it is looked up.
 * So is a refusal that was not the first answer: an attempt before it may have been applied.
 */
export const refusalOf = (thrown: unknown): Answer => {
  if (!(thrown instanceof Error) || attemptsOf(thrown) > 1) throw thrown;

  const reason = REASONS.get(thrown.name) ?? validationReason(thrown);
  if (reason === undefined) throw thrown;
  return { kind: 'refused', reason, detail: `${thrown.name}: ${thrown.message}` };
};

/** Reads from an error of the SDK how often it has tried. */
const attemptsOf = (thrown: Error): number => {
  const { $metadata } = thrown as Error & { $metadata?: Readonly<{ attempts?: number }> };
  return $metadata?.attempts ?? 1;
};

/** By the names that the services give and that the SDK passes on. */
const REASONS: ReadonlyMap<string, Refusal> = new Map(
  Object.entries({
    ScalingActivityInProgress: 'GroupBusy',
    ScalingActivityInProgressFault: 'GroupBusy',
    ResourceContention: 'GroupBusy',
    ResourceContentionFault: 'GroupBusy',
    InstanceRefreshInProgress: 'GroupBusy',
    InstanceRefreshInProgressFault: 'GroupBusy',
    LimitExceeded: 'OutOfBounds',
    LimitExceededFault: 'OutOfBounds',
    AccessDenied: 'AccessDenied',
    AccessDeniedException: 'AccessDenied',
    UnauthorizedOperation: 'AccessDenied',
    Throttling: 'Throttled',
    ThrottlingException: 'Throttled',
    RequestLimitExceeded: 'Throttled',
    TargetGroupNotFoundException: 'GroupNotFound',
    InvalidTargetException: 'TargetGone',
    InvalidTarget: 'TargetGone',
    TooManyTargetsException: 'OutOfBounds',
    TooManyTargets: 'OutOfBounds',
    TooManyRegistrationsForTargetIdException: 'OutOfBounds',
    TooManyRegistrationsForTargetId: 'OutOfBounds',
  } as const),
);

/** The words of a ValidationError are not documented; only "not found" is told from the rest. */
const validationReason = ({ name, message }: Error): Refusal | undefined => {
  if (name !== 'ValidationError') return undefined;
  return /not found/i.test(message) ? 'GroupNotFound' : 'OutOfBounds';
};
