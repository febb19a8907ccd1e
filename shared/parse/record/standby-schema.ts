import * as z from 'zod';
import { capacity, instant, text } from './values.ts';

/** The memory of the group that this one stands in for. */
export const standby = z.object({
  of: text,
  whole: z.number().nonnegative(),
  impaired: z
    .object({ since: instant, at: instant, looks: z.number().int().positive() })
    .optional(),
  raised: z
    .object({
      since: instant,
      wellSeconds: z.number().nonnegative(),
      wellAt: instant.optional(),
    })
    .optional(),
});

/** A peer as it was seen, or why it was not. */
export const peer = z.union([
  z.object({ desired: capacity, inService: z.number().nonnegative() }),
  z.object({ unreadable: text }),
]);
