import type { ASTNode } from '@marcbachmann/cel-js';
import {
  type BinaryOperator,
  type Expression,
  FUNCTION_NAMES,
  type FunctionName,
} from '#domain/configuration/expression.ts';
import { quote } from '../describe-value.ts';
import { didYouMean, nearest } from '../nearest.ts';
import type { Formula } from './formula.ts';
import { Unfit } from './unfit.ts';

type Type = 'number' | 'boolean';
type Typed = Readonly<{ expression: Expression; type: Type; names: Formula['names'] }>;

/** The expression behind a node of the parser, its type, and the names that it uses. */
export const convert = (node: ASTNode): Typed => {
  if (node.op === 'value') return constant(node, node.args);
  if (node.op === 'id') return name(node, node.args);
  if (node.op === 'call') return call(node, node.args[0], node.args[1]);
  if (node.op === '-_') return unary('-', 'number', node.args);
  if (node.op === '!_') return unary('!', 'boolean', node.args);
  return node.op === '?:' ? choose(node.args) : binary(node);
};

const constant = (node: ASTNode, value: unknown): Typed => {
  if (typeof value === 'boolean') {
    return { expression: { kind: 'number', value: Number(value) }, type: 'boolean', names: [] };
  }
  if (typeof value !== 'number' && typeof value !== 'bigint') {
    throw new Unfit(node, { message: `found ${text(node)}`, expected: 'a number' });
  }
  return { expression: { kind: 'number', value: Number(value) }, type: 'number', names: [] };
};

const name = (node: ASTNode, found: string): Typed => ({
  expression: { kind: 'name', name: found },
  type: 'number',
  names: [{ name: found, span: { start: node.start, length: node.end - node.start } }],
});

const call = (node: ASTNode, found: string, args: readonly ASTNode[]): Typed => {
  const known = FUNCTION_NAMES.find((each) => each === found);
  if (known === undefined) {
    throw new Unfit(node, {
      message: `no function is named ${quote(found)}`,
      expected: `one of ${FUNCTION_NAMES.join(', ')}`,
      ...didYouMean(nearest(found, FUNCTION_NAMES)),
    });
  }

  const [first, ...others] = args.map((arg) => expect(arg, 'number'));
  const isMany = VARIADIC.includes(known);
  if (first === undefined || (others.length > 0 && !isMany)) {
    const expected = isMany ? 'one argument or more' : 'one argument';
    throw new Unfit(node, { message: `${known} has ${args.length} arguments`, expected });
  }
  return {
    expression: {
      kind: 'call',
      name: known,
      args: [first.expression, ...others.map(({ expression }) => expression)],
    },
    type: 'number',
    names: [first, ...others].flatMap(({ names }) => names),
  };
};

const VARIADIC: readonly FunctionName[] = ['min', 'max'];

const unary = (operator: '-' | '!', type: Type, node: ASTNode): Typed => {
  const of = expect(node, type);
  return { expression: { kind: 'unary', operator, of: of.expression }, type, names: of.names };
};

const choose = ([first, second, third]: readonly [ASTNode, ASTNode, ASTNode]): Typed => {
  const condition = expect(first, 'boolean');
  const then = convert(second);
  const otherwise = expect(third, then.type);
  return {
    expression: {
      kind: 'if',
      condition: condition.expression,
      // biome-ignore lint/suspicious/noThenProperty: a branch of an expression; it is never awaited.
      then: then.expression,
      otherwise: otherwise.expression,
    },
    type: then.type,
    names: [condition, then, otherwise].flatMap(({ names }) => names),
  };
};

const binary = (node: ASTNode): Typed => {
  const operator = OPERATORS.get(node.op as BinaryOperator);
  if (operator === undefined) {
    const message = `found ${text(node)}`;
    throw new Unfit(node, { message, expected: 'numbers, metrics, + - * / %, comparisons, ? :' });
  }

  const [first, second] = node.args as [ASTNode, ASTNode];
  const left = expect(first, operator.of);
  const right = expect(second, operator.of);
  return {
    expression: {
      kind: 'binary',
      operator: node.op as BinaryOperator,
      left: left.expression,
      right: right.expression,
    },
    type: operator.gives,
    names: [...left.names, ...right.names],
  };
};

type Operator = Readonly<{ of: Type; gives: Type }>;

const OPERATORS = new Map<BinaryOperator, Operator>([
  ...(['+', '-', '*', '/', '%'] as const).map(
    (sign) => [sign, { of: 'number', gives: 'number' }] as const,
  ),
  ...(['<', '<=', '>', '>=', '==', '!='] as const).map(
    (sign) => [sign, { of: 'number', gives: 'boolean' }] as const,
  ),
  ...(['&&', '||'] as const).map((sign) => [sign, { of: 'boolean', gives: 'boolean' }] as const),
]);

const expect = (node: ASTNode, type: Type): Typed => {
  const typed = convert(node);
  if (typed.type === type) return typed;

  const message = `${quote(text(node))} is ${WORDS[typed.type]}`;
  throw new Unfit(node, { message, expected: WORDS[type] });
};

const WORDS = { number: 'a number', boolean: 'true or false' } as const;

const text = ({ input, start, end }: ASTNode): string => input.slice(start, end);
