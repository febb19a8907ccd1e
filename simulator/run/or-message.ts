import { asError } from '#domain/basics/as-error.ts';

/** Runs a reader of a command line; it gives the value, or says what is wrong. */
export const orMessage = <T>(read: () => T): T | string => {
  try {
    return read();
  } catch (thrown) {
    return asError(thrown).message;
  }
};
