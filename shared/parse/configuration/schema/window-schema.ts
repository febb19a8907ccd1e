import type * as z from 'zod';
import { cron } from '#parse/configuration/words/cron.ts';
import { localTime } from '#parse/configuration/words/local-time.ts';
import { timezone } from '#parse/configuration/words/timezone.ts';
import { leaf } from './leaf.ts';
import { mapping } from './mapping.ts';

/** The time in which a schedule holds: again and again, or once. */
export const window = mapping('When the schedule holds.', {
  start: leaf(cron, 'When it begins, again and again: a cron line of five fields.').optional(),
  end: leaf(cron, 'When it ends.').optional(),
  from: leaf(localTime, 'When it begins, once.').optional(),
  to: leaf(localTime, 'When it ends, once.').optional(),
  timezone: leaf(timezone, 'The time zone of all these.'),
});

export type WindowInput = z.output<typeof window>;
