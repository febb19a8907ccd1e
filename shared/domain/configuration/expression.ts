/**
 * An expression over numbers and truth values. It is parsed and its types are checked at deploy time;
 * here it only has to be computed. It cannot loop and cannot fail: a division by zero is not finite.
 */
export type Expression =
  | Readonly<{ kind: 'number'; value: number }>
  | Readonly<{ kind: 'name'; name: string }>
  | Readonly<{ kind: 'unary'; operator: '-' | '!'; of: Expression }>
  | Readonly<{ kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }>
  | Readonly<{ kind: 'if'; condition: Expression; then: Expression; otherwise: Expression }>
  | Readonly<{ kind: 'call'; name: FunctionName; args: readonly [Expression, ...Expression[]] }>;

export type BinaryOperator = keyof typeof BINARY;
export type FunctionName = keyof typeof FUNCTIONS;

type Value = number | boolean;

const BINARY = {
  '+': (a: number, b: number): Value => a + b,
  '-': (a: number, b: number): Value => a - b,
  '*': (a: number, b: number): Value => a * b,
  '/': (a: number, b: number): Value => a / b,
  '%': (a: number, b: number): Value => a % b,
  '<': (a: number, b: number): Value => a < b,
  '<=': (a: number, b: number): Value => a <= b,
  '>': (a: number, b: number): Value => a > b,
  '>=': (a: number, b: number): Value => a >= b,
  '==': (a: number, b: number): Value => a === b,
  '!=': (a: number, b: number): Value => a !== b,
  '&&': (a: number, b: number): Value => Boolean(a) && Boolean(b),
  '||': (a: number, b: number): Value => Boolean(a) || Boolean(b),
} as const;

/** Functions of expressions; `min` and `max` take one argument or more. */
const FUNCTIONS = {
  abs: ([of]: Numbers) => Math.abs(of),
  ceil: ([of]: Numbers) => Math.ceil(of),
  floor: ([of]: Numbers) => Math.floor(of),
  round: ([of]: Numbers) => Math.round(of),
  min: (all: Numbers) => Math.min(...all),
  max: (all: Numbers) => Math.max(...all),
} as const;

type Numbers = readonly [number, ...number[]];

export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as readonly FunctionName[];

/** Computes an expression; a truth value counts as 1 or 0, and a name without a value as NaN. */
export const compute = (
  expression: Expression,
  values: Readonly<Record<string, number>>,
): number => {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name':
      return values[expression.name] ?? Number.NaN;
    case 'unary': {
      const of = compute(expression.of, values);
      return expression.operator === '-' ? -of : Number(of === 0);
    }
    case 'binary':
      return Number(
        BINARY[expression.operator](
          compute(expression.left, values),
          compute(expression.right, values),
        ),
      );
    case 'if':
      return compute(expression.condition, values) === 0
        ? compute(expression.otherwise, values)
        : compute(expression.then, values);
    case 'call':
      return FUNCTIONS[expression.name]([
        compute(expression.args[0], values),
        ...expression.args.slice(1).map((each) => compute(each, values)),
      ]);
  }
};
