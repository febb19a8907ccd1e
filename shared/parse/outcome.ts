import type { Result } from '#domain/basics/result.ts';
import { OUTCOME_KINDS, type Outcome, type OutcomeKind } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { MAX_NAME } from './alarm-state.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { fieldOf, isObject, type JsonObject } from './json.ts';
import type { ParseProblem } from './parse-problem.ts';
import type { QueueMessage } from './queue-message.ts';

/** True for what claims to be an outcome, well formed or not. */
export const isOutcome = (content: JsonObject): boolean =>
  fieldOf(content, 'decisionId') !== undefined;

/** Parses the outcome of a decision, as `scale` and `heal` published it. */
export const parseOutcome = ({ content, path }: QueueMessage): Result<Outcome, ParseProblem> => {
  const fields = fieldsOf(content, path);
  if (fieldOf(content, 'schemaVersion') !== 1) {
    fields.refuse('schemaVersion', 'the number 1: deploy all functions at the same version');
  }

  return fields.result({
    schemaVersion: 1,
    kind: kindIn(content, fields),
    decisionId: fields.text('decisionId', MAX_NAME),
    group: fields.text('group', MAX_NAME),
    autoScalingGroup: fields.text('autoScalingGroup', MAX_NAME),
    at: fields.count('at', MAX_INSTANT),
    // Reasons are shown and never decided on: one that a newer version knows may pass.
    reason: fields.text('reason', MAX_NAME) as Reason,
    summary: fields.prose('summary', MAX_SUMMARY),
    ...aboutIn(content),
    ...capacityIn(content, fields),
    ...wantedIn(content),
    ...targetsIn(content, fields),
    ...droppedIn(content),
  });
};

/** The last moment that a `Date` can hold. */
export const MAX_INSTANT = 8.64e15;
/** A summary may quote what AWS answered, at length. */
export const MAX_SUMMARY = 3_000;
const MAX_CAPACITY = 1_000_000;

const kindIn = (content: JsonObject, fields: Fields): OutcomeKind => {
  const kind = OUTCOME_KINDS.find((each) => each === fieldOf(content, 'kind'));
  if (kind === undefined) fields.refuse('kind', `one of ${OUTCOME_KINDS.join(', ')}`);
  return kind ?? 'failed';
};

/** Reads the subject; one that only a newer version knows is left out. */
const aboutIn = (content: JsonObject): Pick<Outcome, 'about'> => {
  const about = fieldOf(content, 'about');
  return about === 'capacity' || about === 'health' ? { about } : {};
};

export const capacityIn = (content: JsonObject, fields: Fields): Pick<Outcome, 'capacity'> => {
  if (fieldOf(content, 'capacity') === undefined) return {};

  const capacity = fields.inside('capacity');
  return {
    capacity: {
      from: capacity.count('from', MAX_CAPACITY),
      to: capacity.count('to', MAX_CAPACITY),
    },
  };
};

/** Reads fields that only explain; they are left out where they are not as expected. */
const wantedIn = (
  content: JsonObject,
): Pick<Outcome, 'rule' | 'wishes' | 'bounds' | 'instanceType'> => {
  const [rule, wishes, bounds, instanceType] = ['rule', 'wishes', 'bounds', 'instanceType'].map(
    (key) => fieldOf(content, key),
  );
  return {
    ...(isName(rule) ? { rule } : {}),
    ...(isWishes(wishes) ? { wishes } : {}),
    ...(isBounds(bounds) ? { bounds } : {}),
    ...(isName(instanceType) ? { instanceType } : {}),
  };
};

export const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 2 * MAX_NAME;

const isWishes = (value: unknown): value is NonNullable<Outcome['wishes']> =>
  Array.isArray(value) &&
  value.length <= MAX_WISHES &&
  value.every((each) => isObject(each) && isName(each.rule) && Number.isFinite(each.capacity));

export const isBounds = (value: unknown): value is NonNullable<Outcome['bounds']> =>
  isObject(value) && Number.isFinite(value.min) && Number.isFinite(value.max);

const MAX_WISHES = 100;

const droppedIn = (content: JsonObject): Pick<Outcome, 'droppedBefore'> => {
  const droppedBefore = fieldOf(content, 'droppedBefore');
  return typeof droppedBefore === 'number' && droppedBefore > 0 ? { droppedBefore } : {};
};

const targetsIn = (content: JsonObject, fields: Fields): Pick<Outcome, 'targets'> => {
  const targets = fieldOf(content, 'targets');
  if (targets === undefined) return {};
  if (isTexts(targets)) return { targets };

  fields.refuse('targets', 'a list of texts');
  return {};
};

export const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
