import { asError } from '../../domain/as-error.ts';
import type { Area, Unread } from '../../domain/doctor/checkup.ts';

/** Asks for several things; what cannot be read is written down, and the rest goes on. */
export const asking = () => {
  const unread: Unread[] = [];

  return {
    unread,
    ask: async <T>(what: Area, question: () => Promise<T>, otherwise: T): Promise<T> => {
      try {
        return await question();
      } catch (thrown) {
        const { name, message } = asError(thrown);
        unread.push({ what, why: `${name}: ${message}` });
        return otherwise;
      }
    },
  };
};

/** The answer, or the other one when AWS knows no such thing. */
export const unlessMissing = async <T>(
  names: readonly string[],
  question: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await question();
  } catch (thrown) {
    const { name, message } = asError(thrown);
    const isMissing =
      names.includes(name) || (name === 'ValidationError' && /does not exist/.test(message));
    if (isMissing) return undefined;
    throw thrown;
  }
};
