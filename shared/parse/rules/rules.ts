import type * as z from 'zod';
import type { Rule } from '#domain/configuration/rule.ts';
import { expression } from './expression.ts';
import { forecast } from './forecast.ts';
import type { RuleForm } from './rule-form.ts';
import { schedule } from './schedule.ts';
import { step } from './step.ts';
import { threshold } from './threshold.ts';
import { track } from './track.ts';

/** A form of any input, held against its kind of rule. */
type FormOfKind<K extends Rule['kind']> = Readonly<{ schema: z.ZodType }> &
  Omit<RuleForm<Extract<Rule, { kind: K }>, never>, 'schema'>;

/** The forms of the kinds of rules; a kind without its form does not compile. */
export const FORMS = {
  threshold,
  step,
  track,
  forecast,
  expression,
  schedule,
} as const satisfies { readonly [K in Rule['kind']]: FormOfKind<K> };

/** A well-formed rule as it is written, of any kind. */
export type RuleInput = z.output<(typeof FORMS)[Rule['kind']]['schema']>;

/** Looks up the form of a kind; the table has the form of that very kind. */
export const formOf = (kind: Rule['kind']): RuleForm<Rule, RuleInput> =>
  FORMS[kind] as unknown as RuleForm<Rule, RuleInput>;
