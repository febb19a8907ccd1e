import type { Expression } from '#domain/configuration/expression.ts';
import type { Span } from '../fault.ts';

/** An expression that was read. */
export type Formula = Readonly<{
  expression: Expression;
  /** The names that it uses, each as often as it does. */
  names: readonly Readonly<{ name: string; span: Span }>[];
}>;
