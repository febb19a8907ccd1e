import {
  type CapacityDecision,
  type Decision,
  isKeptAboveMaximum,
  subjectsOf,
} from '#domain/ledger/decision.ts';
import type { LastDecision } from '#domain/ledger/head.ts';
import type { Outcome } from '#domain/ledger/outcome.ts';
import { troubleOf } from '#domain/ledger/outcome-of.ts';
import { type Observation, openAlarms } from './observation.ts';

/** Equal for holds that say the same again. */
export const signatureOfHold = (observation: Observation, decision: CapacityDecision): string =>
  [
    troubleOf(decision) ?? decision.reason,
    ...(isKeptAboveMaximum(decision) ? ['above-maximum'] : []),
    ...openAlarms(observation),
  ].join(' ');

/** Equal for refusals that say the same again. */
export const signatureOfAction = (decision: Decision, { kind, reason }: Outcome): string =>
  [kind, reason, ...subjectOf(decision)].join(' ');

/**
 * False for a hold that says what the last record said: it is neither recorded nor told again. True leads to a record,
 * and to a message unless the trouble is known.
 */
export const saysMore = (last: LastDecision | undefined, signature: string): boolean =>
  !(last === undefined ? QUIET : [last.signature]).includes(signature);

/**
 * True for a hold in the trouble that the last record told of. It is recorded where other alarms fire by now, and not
 * told again: whoever was woken by the first message needs no second one.
 */
export const isKnownTrouble = (last: LastDecision | undefined, decision: Decision): boolean =>
  last?.trouble !== undefined && last.trouble === troubleOf(decision);

/** Reasons that a group without a history is taken to have given. */
const QUIET = ['Steady', 'NoUnhealthyTargets'];

const subjectOf = (decision: Decision): readonly (string | number)[] =>
  decision.kind === 'capacity' ? [decision.from, decision.to] : subjectsOf(decision);
