import type { News } from '../domain/news.ts';
import type { Result } from '../domain/result.ts';
import { parseAlarmEvent } from './alarm-event.ts';
import { isOutcome, parseOutcome } from './outcome.ts';
import type { ParseProblem } from './parse-problem.ts';
import { openQueueMessage } from './queue-message.ts';

/** A message on the queue of `notify`: an outcome of ours, or an alarm that changed its state. */
export const parseNewsMessage = (body: string): Result<News, ParseProblem> => {
  const opened = openQueueMessage(body);
  if (!opened.ok) return opened;

  return isOutcome(opened.value.content)
    ? parseOutcome(opened.value)
    : parseAlarmEvent(opened.value);
};
