import * as z from 'zod';
import { capacity, text } from './values.ts';

/** An adjustment of a recorded rule. */
export const adjustmentRecord = z.union([
  z.object({
    kind: z.enum(['add', 'remove']),
    amount: z.number().nonnegative(),
    unit: z.enum(['capacity', 'percent']),
  }),
  z.object({ kind: z.literal('set'), capacity }),
]);

/** The behaviour of a recorded rule without data. */
export const onMissingRecord = z.union([
  z.enum(['hold', 'ignore', 'zero', 'fail']),
  z.object({ last: z.number().nonnegative() }),
  z.object({ fallback: capacity }),
]);

/** Fields that recorded rules of every kind have. */
export const commonRecord = {
  name: text,
  isShadow: z.literal(true).optional(),
  ballot: text.optional(),
};
