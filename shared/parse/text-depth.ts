/**
 * Measures how deep the brackets and braces of a JSON text nest, strings left out. It is known before anything is
 * read, in one pass and without recursion: what is read recurses, and would exhaust the stack.
 */
export const jsonDepth = (text: string): number => {
  let [depth, deepest] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '"') at = endOfString(text, at);
    else if (mark === '[' || mark === '{') depth += 1;
    else if (mark === ']' || mark === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
};

/** Finds the end of the string that begins here; one without an end hides the rest, which is no JSON anyway. */
const endOfString = (text: string, begin: number): number => {
  for (let at = begin + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
};
