import { ok } from '#domain/basics/result.ts';
import type { Words } from './words.ts';

/** The word for a value that is learned from the group's own history. */
export const AUTO = 'auto';

/** The words of a value, or `auto`. */
export const orAuto = <T>(words: Words<T>): Words<T | typeof AUTO> => ({
  expected: `${words.expected}; or auto`,
  schema: { anyOf: [words.schema, { const: AUTO }] },
  read: (value) => (value === AUTO ? ok(AUTO) : words.read(value)),
});
