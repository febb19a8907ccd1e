import { ok, type Result } from '#domain/basics/result.ts';
import { fieldOf, type JsonObject, readJsonObject } from './json.ts';
import type { ParseProblem } from './parse-problem.ts';

/** The content of a message in a queue, without its wrapping. */
export type QueueMessage = Readonly<{
  content: JsonObject;
  /** The content's place, for problems: `body`, or `Message` inside the envelope of SNS. */
  path: string;
  /** The envelope of SNS, if it came in one. */
  envelope?: JsonObject;
  /** The topic it came through, when the envelope says so. */
  topicArn?: string;
}>;

/** Opens the body of a queue message: SNS delivers JSON in a string in JSON, unless told otherwise. */
export const openQueueMessage = (body: string): Result<QueueMessage, ParseProblem> => {
  const outer = readJsonObject(body, 'body');
  if (!outer.ok) return outer;

  const message = fieldOf(outer.value, 'Message');
  if (typeof message !== 'string') return ok({ content: outer.value, path: 'body' });

  const inner = readJsonObject(message, 'Message');
  if (!inner.ok) return inner;
  const topicArn = fieldOf(outer.value, 'TopicArn');
  return ok({
    content: inner.value,
    path: 'Message',
    envelope: outer.value,
    ...(typeof topicArn === 'string' ? { topicArn } : {}),
  });
};
