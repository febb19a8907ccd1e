import { type CST, Parser } from 'yaml';
import { childrenOf } from './unclosed.ts';

/**
 * Measures how deep the brackets, lists and mappings of a text nest. It is known before the document is
 * composed, which recurses and would exhaust the stack.
 */
export const nestingDepth = (text: string): number => {
  const pending = [...new Parser().parse(text)].map((token): Visit => ({ token, depth: 0 }));
  let deepest = 0;

  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    deepest = Math.max(deepest, visit.depth);
    const { token, depth } = visit;
    const below = token.type === 'document' ? depth : depth + 1;
    for (const child of childrenOf(token)) pending.push({ token: child, depth: below });
  }

  return deepest;
};

type Visit = Readonly<{ token: CST.Token; depth: number }>;
