import type { Result } from '#domain/basics/result.ts';
import { MAX_ARN } from './alarm-state.ts';
import { fieldsOf } from './fields.ts';
import { readJsonObject } from './json.ts';
import type { ParseProblem } from './parse-problem.ts';

/** The topic of each e-mail channel by the channel's name, from the variable `MAIL_TOPIC_ARNS`. */
export const parseMailTopics = (
  text: string,
): Result<ReadonlyMap<string, string>, ParseProblem> => {
  const topics = readJsonObject(text, 'MAIL_TOPIC_ARNS');
  if (!topics.ok) return topics;

  const fields = fieldsOf(topics.value, 'MAIL_TOPIC_ARNS');
  const names = Object.keys(topics.value);
  return fields.result(new Map(names.map((name) => [name, fields.text(name, MAX_ARN)])));
};
