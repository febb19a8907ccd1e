import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
} from 'yaml';
import { quote } from '../describe-value.ts';
import { type Mistake, mistakeAt, rangeOf } from './mistake.ts';
import { oddSpaceIn } from './odd-characters.ts';
import { noSpaceAfter, oddSpaceTold } from './traps.ts';

/** A document's value, and what is wrong with it that its grammar does not forbid. */
export type Content = Readonly<{
  value: unknown;
  /** Count of its values once every alias is written out. */
  size: number;
  mistakes: readonly Mistake[];
  /** The node that each alias stands for. */
  targets: ReadonlyMap<Alias, Node>;
}>;

/**
 * The plain value of a document. Aliases share what they stand for, so that they cannot blow it up; of
 * two equal keys the last one counts, and both `__proto__` and aliases that lead nowhere are mistakes.
 */
export const contentOf = (document: Document.Parsed): Content => {
  const state: State = { anchors: new Map(), known: new Map(), targets: new Map(), mistakes: [] };
  const content = convert(document.contents, state);

  return { ...content, mistakes: state.mistakes, targets: state.targets };
};

type Converted = Readonly<{ value: unknown; size: number }>;

type State = Readonly<{
  anchors: Map<string, Node>;
  known: Map<Node, Converted>;
  targets: Map<Alias, Node>;
  mistakes: Mistake[];
}>;

const convert = (node: unknown, state: State): Converted => {
  if (isAlias(node)) return convertAlias(node, state);
  if (isMap(node)) return remember(node, state, convertMap(node.items as ParsedPair[], state));
  if (isSeq(node)) return remember(node, state, convertSequence(node.items, state));
  if (!isScalar(node)) return NOTHING;
  checkSpaces(node, state);
  return remember(node, state, { value: node.value, size: 1 });
};

/** An anchor is known once its value is complete; an alias within it leads nowhere. */
const remember = (node: Taggable, state: State, converted: Converted): Converted => {
  if (node.tag !== undefined) state.mistakes.push(mistakeAt(node, TAGGED));
  if (node.anchor !== undefined) state.anchors.set(node.anchor, node);
  state.known.set(node, converted);
  return converted;
};

type Taggable = Node & { anchor?: string; tag?: string };

const TAGGED = {
  code: 'yaml',
  message: 'found a YAML tag',
  expected: 'plain values',
  suggestion: 'remove the word that begins with !',
} as const;

const convertAlias = (alias: Alias, state: State): Converted => {
  const target = state.anchors.get(alias.source);
  if (target === undefined) {
    const message = `the alias ${quote(`*${alias.source}`)} stands for nothing`;
    const expected = `an anchor &${alias.source} that is complete before the alias`;
    state.mistakes.push(mistakeAt(alias, { code: 'yaml', message, expected }));
    return NOTHING;
  }

  state.targets.set(alias, target);
  return state.known.get(target) as Converted;
};

const convertSequence = (items: readonly unknown[], state: State): Converted => {
  const converted = items.map((item) => convert(item, state));
  return { value: converted.map(({ value }) => value), size: sizeOf(converted) };
};

type ParsedPair = Pair<Scalar<string>, Node | null>;

const convertMap = (pairs: readonly ParsedPair[], state: State): Converted => {
  const seen = new Set<string>();
  const entries = pairs.map(({ key, value }) => {
    checkKey(key, seen, state);
    checkColon(key, value, state);
    return [key.value, convert(value, state)] as const;
  });

  return {
    value: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
    size: sizeOf(entries.map(([, converted]) => converted)),
  };
};

const checkKey = (key: Scalar<string>, seen: Set<string>, state: State): void => {
  const { mistakes } = state;
  checkSpaces(key, state);
  if (seen.has(key.value)) {
    const message = `${quote(key.value)} stands here a second time`;
    const expected = 'each key once in a mapping';
    mistakes.push(mistakeAt(key, { code: 'duplicate-key', message, expected }));
  }
  if (key.value === '__proto__') {
    const message = '"__proto__" cannot be a key';
    mistakes.push(mistakeAt(key, { code: 'bad-name', message }));
  }
  if (key.value === '<<') mistakes.push(mistakeAt(key, MERGE_KEY));
  seen.add(key.value);
};

/** A colon that touches its value makes one long key of both, which has no value. */
const checkColon = (key: Scalar<string>, value: Node | null, { mistakes }: State): void => {
  const [, name] = /^([A-Za-z][\w-]*):[^/]/.exec(key.value) ?? [];
  if (name === undefined || key.type !== 'PLAIN') return;
  if (value === null || (isScalar(value) && value.value === null)) {
    mistakes.push(mistakeAt(key, { code: 'yaml', ...noSpaceAfter(name) }));
  }
};

/** A space of another kind is a part of the text to YAML, where it separates words to the eye. */
const checkSpaces = (node: Scalar, { mistakes }: State): void => {
  if (node.type !== 'PLAIN' || typeof node.value !== 'string') return;
  const odd = oddSpaceIn(node.value);
  if (odd === undefined || !/(?:^|:)$/.test(node.value.slice(0, odd.start))) return;
  const { from, to, ...told } = oddSpaceTold(odd);
  const { start } = rangeOf(node);
  mistakes.push({ code: 'yaml', ...told, range: { start: start + from, end: start + to } });
};

const MERGE_KEY = {
  code: 'yaml',
  message: 'found a merge key, which is no part of YAML 1.2',
  suggestion: 'write the keys out, or let an alias stand for the whole mapping',
} as const;

const NOTHING: Converted = { value: null, size: 1 };

const sizeOf = (parts: readonly Converted[]): number =>
  parts.reduce((sum, { size }) => sum + size, 1);
