import { asError } from '#domain/basics/as-error.ts';
import type { Area, Unread } from '#domain/doctor/checkup.ts';

/** Asks for several things; what AWS refuses is written down, and the rest goes on. Without AWS nothing does. */
export const asking = () => {
  const unread: Unread[] = [];

  return {
    unread,
    ask: async <T>(what: Area, question: () => Promise<T>, otherwise: T): Promise<T> => {
      try {
        return await question();
      } catch (thrown) {
        if (isOutOfReach(thrown)) throw thrown;
        const { name, message } = asError(thrown);
        unread.push({ what, why: `${name}: ${message}` });
        return otherwise;
      }
    },
  };
};

/** Nobody is signed in, no Region is set, or no answer comes: whatever is asked next will fail the same. */
export const isOutOfReach = (thrown: unknown): boolean => {
  const { name, message } = asError(thrown);
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return (
    OUT_OF_REACH.includes(name) || OUT_OF_REACH.includes(code) || /region is missing/i.test(message)
  );
};

const OUT_OF_REACH: readonly string[] = [
  ...['CredentialsProviderError', 'TokenProviderError', 'TimeoutError', 'ExpiredToken'],
  ...['ExpiredTokenException', 'InvalidClientTokenId', 'UnrecognizedClientException'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH'],
];

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
