import type { ExpressionRule } from '#domain/configuration/rule.ts';
import { compile } from '#parse/configuration/formula/compile.ts';

type Values = Readonly<Record<string, number>>;

/** Expressions of scenarios, each with what it means in the words of another language. */
const MEANINGS: Readonly<Record<string, (values: Values) => number>> = {
  'ceil(backlog / 40)': ({ backlog = 0 }) => Math.ceil(backlog / 40),
  'backlog > 200 ? capacity + 1 : capacity': ({ backlog = 0, capacity = 0 }) =>
    backlog > 200 ? capacity + 1 : capacity,
  'max(2, round(load / 20))': ({ load = 0 }) => Math.max(2, Math.round(load / 20)),
  'backlog / (load - load)': ({ backlog = 0 }) => backlog / 0,
};

export const FORMULAS: readonly string[] = Object.keys(MEANINGS);

/** Formulas whose result grows with a total, of which a part is therefore a lower bound. */
export const GROWING: readonly string[] = ['ceil(backlog / 40)'];

/** Computes a formula of a scenario, apart from the code that is judged. */
export const meaningOf = (text: string, values: Values): number | undefined =>
  MEANINGS[text]?.(values);

/** A formula as the configuration carries it. */
export const compiled = (text: string): Pick<ExpressionRule, 'text' | 'expression' | 'metrics'> => {
  const formula = compile(text);
  if (!formula.ok) throw new Error(`${text}: ${formula.problem.message}`);
  const names = new Set(formula.value.names.map(({ name }) => name));
  names.delete('capacity');
  return { text, expression: formula.value.expression, metrics: [...names] };
};
