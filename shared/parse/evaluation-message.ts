import type { Result } from '#domain/basics/result.ts';
import type { DrillMessage } from '#domain/ledger/drill.ts';
import {
  type EvaluationMessage,
  type EvaluationRequest,
  LONGEST_DELAY_SECONDS,
} from '#domain/sweep/evaluation-message.ts';
import { parseAlarmEvent } from './alarm-event.ts';
import { MAX_NAME } from './alarm-state.ts';
import { isMarked, parseDrill } from './drill.ts';
import { fieldsOf } from './fields.ts';
import { fieldOf } from './json.ts';
import type { ParseProblem } from './parse-problem.ts';
import { openQueueMessage, type QueueMessage } from './queue-message.ts';

/**
 * A message on the queue of `scale` or `heal`: an alarm that changed its state, or the sweep's request. One with the
 * mark of a drill is a drill, and never either of them.
 */
export const parseEvaluationMessage = (
  body: string,
): Result<EvaluationMessage | DrillMessage, ParseProblem> => {
  const opened = openQueueMessage(body);
  if (!opened.ok) return opened;

  if (isMarked(opened.value)) return parseDrill(opened.value);
  return fieldOf(opened.value.content, 'kind') === 'evaluate'
    ? parseRequest(opened.value)
    : parseAlarmEvent(opened.value);
};

const parseRequest = ({ content, path }: QueueMessage): Result<EvaluationRequest, ParseProblem> => {
  const fields = fieldsOf(content, path);
  const isForNow = fieldOf(content, 'delaySeconds') === undefined;

  return fields.result({
    kind: 'evaluate',
    group: fields.text('group', MAX_NAME),
    cause: fields.text('cause', MAX_NAME),
    ...(isForNow ? {} : { delaySeconds: fields.count('delaySeconds', LONGEST_DELAY_SECONDS) }),
  });
};
