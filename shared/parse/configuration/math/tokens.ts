/** A piece of metric math: what is quoted, a word, a number, an operator or another mark. */
export type Token = Readonly<{
  kind: 'quoted' | 'word' | 'number' | 'operator' | 'mark';
  text: string;
  start: number;
}>;

/** Cuts metric math into its pieces; white space separates, and every other character is in one. */
export const tokensOf = (expression: string): readonly Token[] =>
  [...expression.matchAll(PIECE)].map((match) => ({
    kind: kindOf(match[0]),
    text: match[0],
    start: match.index,
  }));

const PIECE =
  /"[^"]*"|'[^']*'|[A-Za-z_]\w*|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+|&&|\|\||[=!<>]=|[^\s]/g;

const kindOf = (text: string): Token['kind'] => {
  if (/^["']./.test(text)) return 'quoted';
  if (/^[A-Za-z_]/.test(text)) return 'word';
  if (/^\.?\d/.test(text)) return 'number';
  return /^(?:[-+*/^<>]|&&|\|\||[=!<>]=)$/.test(text) ? 'operator' : 'mark';
};
