import { type CST, Parser } from 'yaml';

/** A bracket or a quotation mark that nothing closes. */
export type Unclosed = Readonly<{ sign: string; offset: number }>;

/** Finds the brackets and quotation marks of a text that are never closed, in its order. */
export const unclosedIn = (text: string): readonly Unclosed[] => {
  const found: Unclosed[] = [];
  const pending: CST.Token[] = [...new Parser().parse(text)];
  for (let token = pending.pop(); token !== undefined; token = pending.pop()) {
    if (isOpen(token)) found.push({ sign: signOf(token), offset: offsetOf(token) });
    for (const child of childrenOf(token)) pending.push(child);
  }
  return found.sort((one, other) => one.offset - other.offset);
};

const QUOTED: readonly string[] = ['double-quoted-scalar', 'single-quoted-scalar'];

const isOpen = (token: CST.Token): boolean => {
  if (token.type === 'flow-collection') {
    const closer = token.start.type === 'flow-map-start' ? 'flow-map-end' : 'flow-seq-end';
    return !token.end.some(({ type, source }) => type === closer && source !== '');
  }
  return QUOTED.includes(token.type) && !CLOSED.test((token as CST.FlowScalar).source);
};

const CLOSED = /^(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*')$/;

const signOf = (token: CST.Token): string =>
  (token.type === 'flow-collection' ? token.start : (token as CST.FlowScalar)).source.charAt(0);

const offsetOf = (token: CST.Token): number =>
  token.type === 'flow-collection' ? token.start.offset : (token as CST.FlowScalar).offset;

/** The tokens directly below a token of the grammar: in a document, a collection, a pair. */
export const childrenOf = (token: CST.Token): readonly CST.Token[] => {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];

  return token.items
    .flatMap(({ key, value }) => [key, value])
    .filter((child) => child !== undefined && child !== null);
};
