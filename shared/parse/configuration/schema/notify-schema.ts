import * as z from 'zod';
import { SEVERITIES } from '#domain/configuration/alert.ts';
import { NEWS_KINDS } from '#domain/configuration/configuration.ts';
import { choice } from '#parse/configuration/words/choice.ts';
import { duration } from '#parse/configuration/words/duration.ts';
import { plainNames } from '#parse/configuration/words/names.ts';
import { reportTime } from '#parse/configuration/words/report-time.ts';
import { channelReference, groupReference } from '#parse/configuration/words/text.ts';
import { timezone } from '#parse/configuration/words/timezone.ts';
import { channelSchema } from './channel-schema.ts';
import { leaf } from './leaf.ts';
import { mapping, record } from './mapping.ts';

const route = mapping('A route: kinds of news, and their channels.', {
  on: z
    .array(leaf(choice(NEWS_KINDS), 'A kind of news.'))
    .meta({ description: 'The kinds of news.', minItems: 1 }),
  severity: z
    .array(leaf(choice(SEVERITIES), 'A severity.'))
    .meta({
      description: 'Only news of these severities. Default: all.',
      minItems: 1,
    })
    .optional(),
  groups: z
    .array(leaf(groupReference, 'The name of a group.'))
    .meta({ description: 'Only news of these groups. Default: all.', minItems: 1 })
    .optional(),
  digest: leaf(
    duration({ min: 60, max: 43_200 }),
    'Gathers news into one message for each window of this length; urgent news still comes at once.',
  ).optional(),
  to: z
    .array(leaf(channelReference, 'The name of a channel.'))
    .meta({ description: 'The channels.', minItems: 1 }),
});

const report = mapping('The report of what groups did, told by itself.', {
  every: leaf(reportTime, 'When it is told: a day of the week or `day`, and a time.'),
  timezone: leaf(timezone, 'The time zone of that time, such as Europe/Berlin; UTC.').prefault(
    'UTC',
  ),
  to: z
    .array(leaf(channelReference, 'The name of a channel.'))
    .meta({ description: 'The channels, but those of PagerDuty.', minItems: 1 }),
});

/** The schema of `notify:`: who is told what. */
export const notifySchema = mapping('The channels, and which news goes to which.', {
  channels: record(channelSchema, {
    names: plainNames('a channel'),
    description: 'The channels, by a name of your choice.',
  }).prefault({}),
  routes: z
    .array(route)
    .meta({
      description:
        'Which news goes to which channels. Without routes every channel gets all news but held and alarm.',
      minItems: 1,
    })
    .optional(),
  report: report.optional(),
});

export type NotifyInput = z.output<typeof notifySchema>;
