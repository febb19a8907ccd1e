import * as z from 'zod';
import type { Expression } from '#domain/configuration/expression.ts';
import type { ExpressionRule } from '#domain/configuration/rule.ts';
import { checkFormula } from '#parse/configuration/check/rule-metrics.ts';
import { leaf } from '#parse/configuration/schema/leaf.ts';
import { mapping } from '#parse/configuration/schema/mapping.ts';
import { formula } from '#parse/configuration/words/formula.ts';
import { held } from '#parse/record/held.ts';
import { commonRecord, onMissingRecord } from '#parse/record/rule-parts.ts';
import { text } from '#parse/record/values.ts';
import { common, missing } from './parts.ts';
import type { RuleForm } from './rule-form.ts';

const schema = mapping('An expression rule: it recommends the result of an expression.', {
  desired: leaf(
    formula,
    'An expression (CEL) over metrics of the group and capacity, the present capacity.',
  ),
  ...missing,
  ...common,
});

const OPERATORS = ['+', '-', '*', '/', '%', '<', '<=', '>', '>=', '==', '!=', '&&', '||'] as const;

const expressionRecord: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('number'), value: z.number() }),
    z.object({ kind: z.literal('name'), name: text }),
    z.object({ kind: z.literal('unary'), operator: z.enum(['-', '!']), of: expressionRecord }),
    z.object({
      kind: z.literal('binary'),
      operator: z.enum(OPERATORS),
      left: expressionRecord,
      right: expressionRecord,
    }),
    z.object({
      kind: z.literal('if'),
      condition: expressionRecord,
      // biome-ignore lint/suspicious/noThenProperty: a branch of an expression; it is never awaited.
      then: expressionRecord,
      otherwise: expressionRecord,
    }),
    z.object({
      kind: z.literal('call'),
      name: z.enum(['abs', 'ceil', 'floor', 'round', 'min', 'max']),
      args: z.tuple([expressionRecord], expressionRecord),
    }),
  ]),
);

const PRESENT_CAPACITY = 'capacity';

/** `desired: ceil(backlog / 100)`. */
export const expression: RuleForm<ExpressionRule, z.output<typeof schema>> = {
  mark: 'desired',
  schema,
  check: ({ desired }, spot) => checkFormula(desired, spot),
  condition: () => undefined,
  normalise: ({ desired, onMissing }, place) => {
    const names = new Set(desired.names.map(({ name }) => name));
    return {
      kind: 'expression',
      text: desired.text,
      expression: desired.expression,
      metrics: [...names].filter((name) => name !== PRESENT_CAPACITY),
      onMissing: onMissing ?? place.onMissing,
    };
  },
  record: held<ExpressionRule, 'expression'>()(
    z.object({
      kind: z.literal('expression'),
      ...commonRecord,
      text,
      expression: expressionRecord,
      onMissing: onMissingRecord,
      metrics: z.array(text),
    }),
  ),
};
