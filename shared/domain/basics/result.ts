/** The answer of a parser: the value, or what is wrong with the input. */
export type Result<T, E> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; problem: E }>;

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const err = <E>(problem: E): Result<never, E> => ({ ok: false, problem });
