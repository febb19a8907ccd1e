import * as z from 'zod';

export const text = z.string().max(4_096);
export const capacity = z.number().int().nonnegative();
/** Milliseconds since 1970. */
export const instant = z.number().int();
