import {
  type CapacityDecision,
  type Decision,
  isAction,
  isKeptAboveMaximum,
  subjectsOf,
} from './decision.ts';
import {
  type Answer,
  MOST_TOLD_WISHES,
  type Outcome,
  type OutcomeKind,
  type RuleRecommendation,
  TROUBLES,
  type Unfinished,
} from './outcome.ts';
import type { Reason } from './reason.ts';
import type { Remedied } from './remedies.ts';

/** The outcome of a decision not to act. */
export const outcomeOfHold = (decision: Decision): Outcome => ({
  ...headingOf(decision),
  kind: outcomeKindOf(decision),
  reason: decision.reason,
  summary: cut(decision.summary),
});

/**
 * The trouble that a decision not to act is in, equal for those in the same one: its reason, and what else tells one
 * trouble from another. Undefined for a decision that needs no person.
 */
export const troubleOf = (decision: Decision): string | undefined =>
  TROUBLES.includes(outcomeKindOf(decision))
    ? [decision.reason, ...particularsOf(decision)].join(' ')
    : undefined;

/** The kind of the outcome of a decision not to act. */
export const outcomeKindOf = (decision: Decision): OutcomeKind =>
  isKeptAboveMaximum(decision) ? 'blocked' : kindOfHold(decision.reason);

/** Another process is missing for a group that should grow than for one that should shrink; each metric is refused for itself. */
const particularsOf = (decision: Decision): readonly string[] => {
  if (decision.kind === 'health') return [];
  const { reason, wanted, from, trace } = decision;
  if (reason === 'ProcessSuspended') return [wanted > from ? 'out' : 'in'];
  return reason === 'MetricRefused'
    ? trace.flatMap((line) =>
        line.stage === 'rule' && line.reason === reason ? (line.subject ?? []) : [],
      )
    : [];
};

/** The outcome of a decision that was carried out, or that AWS refused. */
export const outcomeOfAction = (decision: Decision, answer: Answer | Unfinished): Outcome =>
  answer.kind === 'applied'
    ? {
        ...headingOf(decision),
        kind: kindOfAction(decision),
        reason: decision.reason,
        summary: cut(decision.summary),
      }
    : {
        ...headingOf(decision),
        kind: kindOfHold(answer.reason),
        reason: answer.reason,
        summary: cut(`${decision.summary}. Not done: ${answer.detail}`),
      };

/** An outcome is a message of SNS and lies in a head while it cannot be published: it must stay small. */
const MOST_CHARACTERS = 2_000;

const cut = (text: string): string =>
  text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`;

const headingOf = (decision: Decision) => ({
  schemaVersion: 1 as const,
  decisionId: decision.id,
  group: decision.group,
  autoScalingGroup: decision.autoScalingGroup,
  at: decision.at,
  about: decision.kind,
  ...subjectOf(decision),
});

const subjectOf = (decision: Decision) => {
  if (decision.kind === 'health')
    return isAction(decision) ? { targets: subjectsOf(decision) } : {};

  const { from, to, rule, bounds, instanceType } = decision;
  const wishes = wishesIn(decision);
  return {
    ...(from === to ? {} : { capacity: { from, to } }),
    ...(rule === undefined ? {} : { rule }),
    ...(wishes === undefined ? {} : { wishes }),
    ...(bounds === undefined ? {} : { bounds }),
    ...(instanceType === undefined ? {} : { instanceType }),
  };
};

/**
 * Undefined where no rule was asked: nothing is known of a group that AWS does not know. Of very many rules the one
 * that was followed is among those that are told.
 */
const wishesIn = ({
  trace,
  rule: followed,
}: CapacityDecision): readonly RuleRecommendation[] | undefined => {
  if (!trace.some(({ stage }) => stage === 'rule' || stage === 'combine')) return undefined;

  const wishes = trace.flatMap(({ stage, verdict, subject, capacity }) =>
    stage === 'rule' && verdict === 'recommend' && subject !== undefined && capacity !== undefined
      ? [{ rule: subject, capacity }]
      : [],
  );
  return wishes.filter(({ rule }, index) => index < MOST_TOLD_WISHES || rule === followed);
};

/** Names the kind of an action's outcome; one that was taken back needs a person all the same. */
const kindOfAction = ({ kind, reason }: Decision): OutcomeKind => {
  if (reason === 'RolledBack' || reason === 'RemovalUndone') return 'blocked';
  // A pool of stopped instances serves nobody: people need not hear of each of its sizes.
  if (reason === 'PoolSized') return 'held';
  return kind === 'capacity' ? 'scaled' : 'replaced';
};

/** Names the kind of outcome of a decision that changes nothing, by its reason. */
export const kindOfHold = (reason: Reason): OutcomeKind => {
  if (reason === 'AtMaximum' || reason === 'Capped') return 'at-max';
  if (BLOCKED.includes(reason)) return 'blocked';
  return FAILED.includes(reason) ? 'failed' : 'held';
};

/** Reasons that do not go away by themselves: a person must look, and the remedy says what to do. */
const BLOCKED: readonly Reason[] = [
  'NotManaged',
  'GroupNotFound',
  'TargetGroupNotFound',
  'ProcessSuspended',
  'BelowHealthyFloor',
  'CommonCause',
  'NotifyOnly',
  'QuarantineEnding',
  'RemovalLimit',
  'RemovalUnfinished',
  'RemovalUndone',
  'TargetsStayOut',
  'ReplacementStuck',
  'MetricsFailed',
  'MetricRefused',
  'LaunchesFailing',
  'InstancesStuck',
  'StuckAtZero',
  'ForeignWriter',
  'RolledBack',
  'PoolRefused',
] satisfies readonly Remedied[];

const FAILED: readonly Reason[] = [
  'AccessDenied',
  'LedgerUnreadable',
] satisfies readonly Remedied[];
