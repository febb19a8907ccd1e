import type { Result } from '#domain/basics/result.ts';
import {
  DRILL_MARK,
  type DrillMessage,
  type DrillNews,
  type Rehearsal,
} from '#domain/ledger/drill.ts';
import { OUTCOME_KINDS, type OutcomeKind } from '#domain/ledger/outcome.ts';
import type { Reason } from '#domain/ledger/reason.ts';
import { MAX_NAME } from './alarm-state.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { fieldOf, type JsonObject, objectIn } from './json.ts';
import { capacityIn, isBounds, isName, MAX_INSTANT, MAX_SUMMARY } from './outcome.ts';
import { failAt, type ParseProblem } from './parse-problem.ts';
import type { QueueMessage } from './queue-message.ts';

/**
 * True for a message with the mark, whatever it holds: such a message is a drill or it is refused, and never anything
 * else. A mark on the envelope marks what is inside.
 */
export const isMarked = ({ content, envelope = content }: QueueMessage): boolean =>
  Object.hasOwn(content, DRILL_MARK) || Object.hasOwn(envelope, DRILL_MARK);

/** Parses a marked message on the queue of scale or heal: the message of an alarm, or the sweep's request. */
export const parseDrill = (message: QueueMessage): Result<DrillMessage, ParseProblem> => {
  const { content, path } = message;
  const fields = fieldsOf(content, path);
  const drill = drillIn(fields, content);
  if (fieldOf(content, 'AlarmName') !== undefined) {
    return fields.result({
      kind: 'drill',
      drill,
      about: { alarm: fields.text('AlarmName', MAX_NAME) },
    });
  }
  if (fieldOf(content, 'kind') === 'evaluate') {
    return fields.result({
      kind: 'drill',
      drill,
      about: { group: fields.text('group', MAX_NAME) },
    });
  }
  return refused(message);
};

/** Parses the news of a drill on the queue of notify. */
export const parseDrillNews = (message: QueueMessage): Result<DrillNews, ParseProblem> => {
  const { content, path } = message;
  const fields = fieldsOf(content, path);
  const drill = drillIn(fields, content);
  const heading = { kind: 'drill', drill, at: fields.count('at', MAX_INSTANT) } as const;
  if (fieldOf(content, 'would') !== undefined) {
    return fields.result({
      ...heading,
      would: rehearsalIn(objectIn(content, 'would'), fields.inside('would')),
    });
  }
  const phase = PHASES.find((each) => each === fieldOf(content, 'phase'));
  return fields.result({
    ...heading,
    channel: fields.text('channel', MAX_NAME),
    ...(phase === undefined ? {} : { phase }),
  });
};

/** True for what claims to be the news of a drill. */
export const isDrillNews = ({ content }: QueueMessage): boolean =>
  fieldOf(content, 'kind') === 'drill';

const PHASES = ['opened', 'closed'] as const;

/** A drill of the dead-letter queues is a marked message that is nothing else. */
const refused = ({ content, path }: QueueMessage): Result<never, ParseProblem> =>
  failAt({
    path: `${path}.${DRILL_MARK}`,
    found: fieldOf(content, DRILL_MARK),
    expected: 'the mark of a drill on the message of an alarm or of the sweep',
  });

const drillIn = (fields: Fields, content: JsonObject): string => {
  const drill = fieldOf(content, DRILL_MARK);
  if (typeof drill === 'string' && ID.test(drill)) return drill;
  fields.refuse(DRILL_MARK, 'an id such as drill-20260302t090000z-4f1a');
  return '';
};

const ID = /^[a-z0-9][a-z0-9-]{7,63}$/;

const rehearsalIn = (would: JsonObject, fields: Fields): Rehearsal => {
  const [rule, bounds] = [fieldOf(would, 'rule'), fieldOf(would, 'bounds')];
  return {
    outcome: outcomeIn(would, fields),
    group: fields.text('group', MAX_NAME),
    autoScalingGroup: fields.text('autoScalingGroup', MAX_NAME),
    reason: fields.text('reason', MAX_NAME) as Reason,
    summary: fields.prose('summary', MAX_SUMMARY),
    ...capacityIn(would, fields),
    ...(isName(rule) ? { rule } : {}),
    ...(isBounds(bounds) ? { bounds } : {}),
  };
};

const outcomeIn = (would: JsonObject, fields: Fields): OutcomeKind => {
  const kind = OUTCOME_KINDS.find((each) => each === fieldOf(would, 'outcome'));
  if (kind === undefined) fields.refuse('outcome', `one of ${OUTCOME_KINDS.join(', ')}`);
  return kind ?? 'held';
};
