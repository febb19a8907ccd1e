import type { Result } from '#domain/basics/result.ts';
import type { Field } from '#domain/notify/message.ts';
import type { ReportNews } from '#domain/notify/report-news.ts';
import { fieldsOf } from './fields.ts';
import { fieldOf, isObject } from './json.ts';
import { isTexts, MAX_INSTANT, MAX_SUMMARY } from './outcome.ts';
import type { ParseProblem } from './parse-problem.ts';
import type { QueueMessage } from './queue-message.ts';

/** The ledger keeps decisions for a month. */
const MOST_DAYS = 30;

/** The report that the sweep has put into words. */
export const parseReportNews = ({
  content,
  path,
}: QueueMessage): Result<ReportNews, ParseProblem> => {
  const fields = fieldsOf(content, path);
  const [to, facts] = [fieldOf(content, 'to'), fieldOf(content, 'fields')];
  if (!isTexts(to)) fields.refuse('to', 'a list of texts');
  if (!isFacts(facts)) fields.refuse('fields', 'a list of names with their values');
  return fields.result({
    kind: 'report',
    at: fields.count('at', MAX_INSTANT),
    days: fields.count('days', MOST_DAYS),
    to: isTexts(to) ? to : [],
    title: fields.text('title', MAX_SUMMARY),
    text: fields.prose('text', MAX_SUMMARY),
    fields: isFacts(facts) ? facts.map(({ name, value }) => ({ name, value })) : [],
  });
};

const isFacts = (value: unknown): value is readonly Field[] =>
  Array.isArray(value) &&
  value.every(
    (each) =>
      isObject(each) &&
      typeof fieldOf(each, 'name') === 'string' &&
      typeof fieldOf(each, 'value') === 'string',
  );
