import { isMap, isScalar, type Node, parseDocument, type YAMLMap } from 'yaml';

type KeyPath = readonly [string, ...string[]];

/**
 * Sets a value in a YAML text and leaves all else as it is: comments, quotes, the order of keys. A key that is not
 * there is added at the end of the deepest mapping on its path. The text is one that was read without mistakes;
 * it comes back unchanged where the path leads through something that is no mapping.
 */
export const setInText = (text: string, path: KeyPath, value: string): string => {
  const { contents } = parseDocument(text);
  let node: unknown = contents;
  for (const [depth, key] of path.entries()) {
    if (!isMap(node)) return text;
    const next: unknown = node.get(key, true);
    if (next === undefined) return added(text, node, inline(path.slice(depth), value));
    node = next;
  }
  return isScalar(node) ? replaced(text, node, value) : text;
};

/** The text of the scalar at a path, as it was written; undefined where there is none. */
export const textAt = (text: string, path: KeyPath): string | undefined => {
  const node: unknown = parseDocument(text).getIn(path, true);
  if (!isScalar(node)) return undefined;
  const [from, to] = rangeOf(node);
  return text.slice(from, to);
};

type TextRange = readonly [from: number, to: number];

/** Every node of a document that was parsed has its place. */
const rangeOf = (node: Node): TextRange => {
  const [from, to] = node.range as [number, number, number];
  return [from, to];
};

const replaced = (text: string, node: Node, value: string): string => {
  const [from, to] = rangeOf(node);
  return `${text.slice(0, from)}${value}${text.slice(to)}`;
};

/** `a: { b: 1 }` for the path a, b. */
const inline = ([key, ...others]: readonly string[], value: string): string =>
  others.length === 0 ? `${key}: ${value}` : `${key}: { ${inline(others, value)} }`;

const added = (text: string, map: YAMLMap, pair: string): string => {
  const [from, to] = rangeOf(map);
  const [first] = map.items;
  if (map.flow || first === undefined) {
    const isEmpty = first === undefined;
    const brace = text.indexOf('{', from) + 1;
    return `${text.slice(0, brace)} ${pair}${isEmpty ? ' ' : ','}${text.slice(brace)}`;
  }
  const begin = rangeOf(first.key as Node)[0];
  const indent = begin - (text.lastIndexOf('\n', begin) + 1);
  const last = text.slice(0, to).trimEnd().length;
  const newline = text.indexOf('\n', last);
  const end = newline === -1 ? text.length : newline;
  return `${text.slice(0, end)}\n${' '.repeat(indent)}${pair}${text.slice(end)}`;
};
