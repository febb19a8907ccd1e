import { type CST, Parser } from 'yaml';

/**
 * Measures how deep the brackets, lists and mappings of a text nest. It is known before the document is
 * composed, which recurses and would exhaust the stack.
 */
export const nestingDepth = (text: string): number => {
  const pending = [...new Parser().parse(text)].map((token): Visit => ({ token, depth: 0 }));
  let deepest = 0;

  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    deepest = Math.max(deepest, visit.depth);
    for (const child of childrenOf(visit)) pending.push(child);
  }

  return deepest;
};

type Visit = Readonly<{ token: CST.Token; depth: number }>;

const childrenOf = ({ token, depth }: Visit): readonly Visit[] => {
  if (token.type === 'document') return token.value ? [{ token: token.value, depth }] : [];
  if (!('items' in token)) return [];

  return token.items
    .flatMap(({ key, value }) => [key, value])
    .filter((child) => child !== undefined && child !== null)
    .map((child) => ({ token: child, depth: depth + 1 }));
};
