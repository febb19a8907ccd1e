import * as z from 'zod';
import type { Expression } from '#domain/configuration/expression.ts';
import type { Rule } from '#domain/configuration/rule.ts';
import { capacity, instant, text } from './values.ts';

const adjustment = z.union([
  z.object({
    kind: z.enum(['add', 'remove']),
    amount: z.number().nonnegative(),
    unit: z.enum(['capacity', 'percent']),
  }),
  z.object({ kind: z.literal('set'), capacity }),
]);

const onMissing = z.union([
  z.enum(['hold', 'ignore', 'zero', 'fail']),
  z.object({ last: z.number().nonnegative() }),
  z.object({ fallback: capacity }),
]);

const condition = z.object({
  text,
  metric: text,
  comparison: z.enum(['>', '>=', '<', '<=']),
  threshold: z.number(),
  datapoints: z.number(),
  periods: z.number(),
});

const alarm = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('generated'), name: text, condition }),
  z.object({ kind: z.literal('existing'), name: text }),
]);

const expression: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('number'), value: z.number() }),
    z.object({ kind: z.literal('name'), name: text }),
    z.object({ kind: z.literal('unary'), operator: z.enum(['-', '!']), of: expression }),
    z.object({
      kind: z.literal('binary'),
      operator: z.enum(OPERATORS),
      left: expression,
      right: expression,
    }),
    z.object({
      kind: z.literal('if'),
      condition: expression,
      // biome-ignore lint/suspicious/noThenProperty: a branch of an expression; it is never awaited.
      then: expression,
      otherwise: expression,
    }),
    z.object({
      kind: z.literal('call'),
      name: z.enum(['abs', 'ceil', 'floor', 'round', 'min', 'max']),
      args: z.tuple([expression], expression),
    }),
  ]),
);

const OPERATORS = ['+', '-', '*', '/', '%', '<', '<=', '>', '>=', '==', '!=', '&&', '||'] as const;

const common = {
  name: text,
  isShadow: z.literal(true).optional(),
  ballot: text.optional(),
};

const window = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recurring'), start: text, end: text, timezone: text }),
  z.object({ kind: z.literal('once'), from: instant, to: instant }),
]);

/** The schema of a recorded rule of each kind; a kind without its schema does not compile. */
const RECORDS = {
  threshold: z.object({ kind: z.literal('threshold'), ...common, alarm, adjustment, onMissing }),
  step: z.object({
    kind: z.literal('step'),
    ...common,
    metric: text,
    atLeast: z.number(),
    onMissing,
    bands: z.array(z.object({ side: z.enum(['above', 'below']), bound: z.number(), adjustment })),
  }),
  track: z.object({
    kind: z.literal('track'),
    ...common,
    metric: text,
    onMissing,
    target: z.number().positive(),
    isTotal: z.boolean(),
  }),
  expression: z.object({
    kind: z.literal('expression'),
    ...common,
    text,
    expression,
    onMissing,
    metrics: z.array(text),
  }),
  schedule: z.object({
    kind: z.literal('schedule'),
    ...common,
    window,
    min: capacity.optional(),
    max: capacity.optional(),
    capacity: capacity.optional(),
  }),
} satisfies { readonly [K in Rule['kind']]: z.ZodType<Loose<Extract<Rule, { kind: K }>>> };

/** A rule as the engine knows it. */
export const ruleRecord = z.discriminatedUnion(
  'kind',
  Object.values(RECORDS) as [RuleRecord, ...RuleRecord[]],
);

type RuleRecord = (typeof RECORDS)[Rule['kind']];

/** The type that zod makes of optional keys. */
export type Loose<T> = T extends readonly (infer I)[]
  ? readonly Loose<I>[]
  : T extends object
    ? { [K in keyof T]: Loose<T[K]> | (undefined extends T[K] ? undefined : never) }
    : T;
