/**
 * A value as the word that it stands for in the file; no word for a list or an object. These may even lack what makes
 * them a text: `{ toString: false }` is a value of YAML, too.
 */
export const wordOf = (value: unknown): string =>
  typeof value === 'object' && value !== null ? '' : String(value);
