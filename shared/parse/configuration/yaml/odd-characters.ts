/** A character that looks like another one, or like none, and that YAML does not take for it. */
export type OddCharacter = Readonly<{ name: string; meant: string; start: number; length: number }>;

/** Finds the first odd space or invisible character of a text. */
export const oddSpaceIn = (text: string): OddCharacter | undefined => {
  const match = ODD.exec(text);
  if (match === null) return undefined;
  const [found] = match;
  const isSpace = SPACES.test(found);
  return {
    name: found.startsWith('\u00a0')
      ? 'a no-break space'
      : `${isSpace ? 'an odd space' : 'an invisible character'} (${codeOf(found)})`,
    meant: isSpace ? 'a plain space' : 'nothing there',
    start: match.index,
    length: found.length,
  };
};

/** Spaces that are no plain ones, for a class of a regular expression. */
export const ODD_SPACES = String.raw`\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000`;
/** Characters that show nothing, likewise. */
export const INVISIBLE = String.raw`\u00ad\u200b-\u200f\u2060\ufeff`;

const SPACES = new RegExp(`^[${ODD_SPACES}]`);

/** Runs of one and the same sort, so that one mistake is told of each. */
const ODD = new RegExp(`[${ODD_SPACES}]+|[${INVISIBLE}]+`);

const codeOf = (text: string): string =>
  `U+${(text.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
