import { asError } from '#domain/basics/as-error.ts';

/** What a reader of a command line reads, or what it says is wrong. */
export const orMessage = <T>(read: () => T): T | string => {
  try {
    return read();
  } catch (thrown) {
    return asError(thrown).message;
  }
};
