import type { Expression } from '#domain/configuration/expression.ts';
import { compile } from '#parse/configuration/formula/compile.ts';

/** Compiles the formula of an expression rule as `tidegate.yml` would have it; throws where it is none. */
export const expressionOf = (text: string): Expression => {
  const compiled = compile(text);
  if (!compiled.ok) throw new Error(compiled.problem.message);
  return compiled.value.expression;
};
