import * as z from 'zod';
import type { Rule } from '#domain/configuration/rule.ts';
import { describeValue } from '#parse/configuration/describe-value.ts';
import type { Complaint } from '#parse/configuration/fault.ts';
import { isMapping } from '#parse/configuration/mapping.ts';
import { nearest } from '#parse/configuration/nearest.ts';
import { oneOf } from '#parse/configuration/schema/one-of.ts';
import { FORMS, formOf } from './rules.ts';

const KINDS = Object.keys(FORMS) as readonly Rule['kind'][];
const MARKS = KINDS.map((kind) => formOf(kind).mark);

/** Finds the kind of a rule as it is written, well-formed or not. */
export const kindOfRule = (value: unknown): Rule['kind'] | Complaint => {
  const found = isMapping(value)
    ? KINDS.filter((kind) => Object.hasOwn(value, formOf(kind).mark))
    : [];
  const [first, second] = found;
  if (first && second === undefined) return first;
  if (isMapping(value) && first === undefined) return meantBy(value);

  return {
    code: second ? 'conflict' : 'wrong-type',
    message: second
      ? `found ${found.map((kind) => formOf(kind).mark).join(' and ')} in one rule`
      : `found ${describeValue(value)}`,
    expected: `a mapping with one of ${MARKS.join(', ')}`,
  };
};

/** Finds the kind whose mark a misspelt key is nearest to; most rules have a condition. */
const meantBy = (value: Readonly<Record<string, unknown>>): Rule['kind'] => {
  const meant = Object.keys(value).flatMap((key) => nearest(key, MARKS) ?? [])[0];
  return KINDS.find((kind) => formOf(kind).mark === meant) ?? 'threshold';
};

/** A rule of `tidegate.yml`, of any kind. */
export const ruleSchema = oneOf(
  'A rule. Its first key says which kind it is.',
  Object.fromEntries(KINDS.map((kind) => [kind, formOf(kind).schema])),
  kindOfRule,
);

/** A rule in the record of a decision, of any kind. */
export const ruleRecord = z.discriminatedUnion(
  'kind',
  Object.values(FORMS).map(({ record }) => record) as [RuleRecord, ...RuleRecord[]],
);

type RuleRecord = (typeof FORMS)[Rule['kind']]['record'];
