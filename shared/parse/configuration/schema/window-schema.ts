import type * as z from 'zod';
import { cron } from '#parse/configuration/words/cron.ts';
import { localTime } from '#parse/configuration/words/local-time.ts';
import { timezone } from '#parse/configuration/words/timezone.ts';
import { leaf } from './leaf.ts';
import { mapping } from './mapping.ts';

/** The time in which a schedule holds: again and again, or once. */
export const window = mapping('The window in which the schedule is open.', {
  start: leaf(cron, 'The start of a window that repeats: a cron line of five fields.').optional(),
  end: leaf(cron, 'The end of a window that repeats: a cron line of five fields.').optional(),
  from: leaf(localTime, 'The start of a window that comes once, in local time.').optional(),
  to: leaf(localTime, 'The end of a window that comes once, in local time.').optional(),
  timezone: leaf(timezone, 'The time zone of the window, such as Europe/Berlin.'),
});

export type WindowInput = z.output<typeof window>;
