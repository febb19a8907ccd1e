import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
} from 'yaml';
import type { Fault, Path, Span } from '../fault.ts';
import { type Range, rangeOf } from './mistake.ts';

type YamlSource = Readonly<{
  document: Document.Parsed;
  targets: ReadonlyMap<Alias, Node>;
  text: string;
}>;

/** Finds a fault in the file: at its value, its key, or the mapping that lacks it. */
export const placeIn = (source: YamlSource) => {
  const step = stepIn(source.targets);

  return ({ path, at, span }: Fault): Range => {
    const { label, value, isWhole } = follow(source.document.contents, path, step);
    const isAtValue = isWhole && at !== 'key' && value !== null && !isBlank(value);
    if (!isAtValue) return label === undefined ? START : rangeOf(label);

    const range = firstLine(rangeOf(value), source.text);
    return span !== undefined && isScalar(value) ? part({ value, range, span, ...source }) : range;
  };
};

/** As far as a path leads: the last key or list item on it, and the value there. */
type Stop = Readonly<{ label?: Node; value: Node | null; isWhole: boolean }>;
type PathStep = (from: Node | null, to: Path[number]) => Omit<Stop, 'isWhole'> | undefined;

const follow = (contents: Node | null, path: Path, step: PathStep): Stop => {
  let stop: Stop = { value: contents, isWhole: true };

  for (const key of path) {
    const next = step(stop.value, key);
    if (next === undefined) return { ...stop, isWhole: false };
    stop = { ...next, isWhole: true };
  }

  return stop;
};

/** Large mappings are indexed once, however many faults lie in them. */
const stepIn = (targets: ReadonlyMap<Alias, Node>): PathStep => {
  const indexes = new Map<Node, ReadonlyMap<string, Omit<Stop, 'isWhole'>>>();
  const indexOf = (node: Node) => {
    const index = indexes.get(node) ?? indexed(node);
    indexes.set(node, index);
    return index;
  };

  return (from, to) => {
    const node = isAlias(from) ? targets.get(from) : from;
    if (node === null || node === undefined) return undefined;
    return indexOf(node).get(String(to));
  };
};

const indexed = (node: Node): ReadonlyMap<string, Omit<Stop, 'isWhole'>> => {
  if (isMap<Scalar<string>, Node | null>(node)) {
    return new Map(node.items.map(({ key, value }) => [key.value, { label: key, value }]));
  }
  const items = isSeq<Node>(node) ? node.items : [];
  return new Map(items.map((item, position) => [String(position), { label: item, value: item }]));
};

const START: Range = { start: 0, end: 0 };

const isBlank = (node: Node): boolean => rangeOf(node).start === rangeOf(node).end;

const firstLine = ({ start, end }: Range, text: string): Range => {
  const line = /^[^\r\n]*/.exec(text.slice(start, end)) as RegExpExecArray;
  return { start, end: start + line[0].length };
};

type Part = Readonly<{ value: Scalar; range: Range; span: Span; text: string }>;

/** A part of a text that stands in the file as it is read; else the whole of it. */
const part = ({ value, range, span, text }: Part): Range => {
  const raw = text.slice(range.start, range.end);
  const offset = ['', '"', "'"].findIndex((sign) => raw === `${sign}${value.value}${sign}`);
  if (offset === -1) return range;

  const start = range.start + Math.min(offset, 1) + span.start;
  return { start, end: start + span.length };
};
