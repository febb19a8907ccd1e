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

const SPACES = /^[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/;

/** Runs of one and the same sort, so that one mistake is told of each. */
const ODD = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+|[\u00ad\u200b-\u200f\u2060\ufeff]+/;

const codeOf = (text: string): string =>
  `U+${(text.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
