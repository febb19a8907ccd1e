import type { Result } from '#domain/basics/result.ts';
import { ok } from '#domain/basics/result.ts';
import type { DrillMessage } from '#domain/ledger/drill.ts';
import type { ChannelNews, News } from '#domain/notify/news.ts';
import { parseAlarmEvent } from './alarm-event.ts';
import { MAX_NAME } from './alarm-state.ts';
import { isDrillNews, isMarked, parseDrill, parseDrillNews } from './drill.ts';
import { fieldsOf } from './fields.ts';
import { fieldOf } from './json.ts';
import { isOutcome, MAX_INSTANT, MAX_SUMMARY, parseOutcome } from './outcome.ts';
import type { ParseProblem } from './parse-problem.ts';
import { openQueueMessage, type QueueMessage } from './queue-message.ts';
import { parseReportNews } from './report-news.ts';

/**
 * A message on the queue of `notify`: an outcome of ours, an alarm that changed its state, news of one of
 * the channels themselves, a report, or the sweep's call to look what waits. One with the mark of a drill is a drill, and never
 * any of them.
 */
export const parseNewsMessage = (
  body: string,
): Result<News | DrillMessage | Readonly<{ kind: 'flush' }>, ParseProblem> => {
  const opened = openQueueMessage(body);
  if (!opened.ok) return opened;

  if (isMarked(opened.value)) {
    return isDrillNews(opened.value) ? parseDrillNews(opened.value) : parseDrill(opened.value);
  }
  const { content } = opened.value;
  if (isOutcome(content)) return parseOutcome(opened.value);
  const kind = fieldOf(content, 'kind');
  if (kind === 'report') return parseReportNews(opened.value);
  if (kind === 'flush') return ok({ kind });
  return kind === 'channel' ? parseChannelNews(opened.value) : parseAlarmEvent(opened.value);
};

const parseChannelNews = ({ content, path }: QueueMessage): Result<ChannelNews, ParseProblem> => {
  const fields = fieldsOf(content, path);

  return fields.result({
    kind: 'channel',
    channel: fields.text('channel', MAX_NAME),
    isBroken: fieldOf(content, 'isBroken') === true,
    detail: fields.prose('detail', MAX_SUMMARY),
    at: fields.count('at', MAX_INSTANT),
  });
};
