/**
 * One line without anything that could hide, reorder or break text: control characters, invisible
 * format characters such as direction marks, and halves of characters become spaces.
 */
export const oneLine = (text: string): string =>
  text.replace(DANGEROUS, ' ').replace(/\s+/g, ' ').trim();

/** The same for several lines. */
export const lines = (text: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => oneLine(line))
    .join('\n')
    .trim();

/**
 * At most `max` UTF-16 units, which is how Slack and SNS count at worst, without cutting through a
 * character. `encode` says what each character is sent as.
 */
export const cap = (
  text: string,
  max: number,
  encode: (character: string) => string = asIs,
): string => {
  let kept = '';
  let room = '';
  for (const character of text) {
    const encoded = encode(character);
    if (kept.length + encoded.length > max) return `${room}${ELLIPSIS}`;
    kept += encoded;
    if (kept.length <= max - ELLIPSIS.length) room = kept;
  }

  return kept;
};

const asIs = (character: string): string => character;

const ELLIPSIS = '…';
const DANGEROUS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
