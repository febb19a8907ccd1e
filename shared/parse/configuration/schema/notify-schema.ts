import * as z from 'zod';
import { SEVERITIES } from '#domain/configuration/alert.ts';
import { NEWS_KINDS } from '#domain/configuration/configuration.ts';
import { choice } from '#parse/configuration/words/choice.ts';
import { duration } from '#parse/configuration/words/duration.ts';
import { plainNames } from '#parse/configuration/words/names.ts';
import { channelReference, groupReference } from '#parse/configuration/words/text.ts';
import { channelSchema } from './channel-schema.ts';
import { leaf } from './leaf.ts';
import { mapping, record } from './mapping.ts';

const route = mapping('Some news, and who is told.', {
  on: z
    .array(leaf(choice(NEWS_KINDS), 'A kind of news.'))
    .meta({ description: 'Which news.', minItems: 1 }),
  severity: z
    .array(leaf(choice(SEVERITIES), 'A severity.'))
    .meta({
      description: 'Only what matters so much; all unless said otherwise.',
      minItems: 1,
    })
    .optional(),
  groups: z
    .array(leaf(groupReference, 'The name of a group.'))
    .meta({ description: 'Only of these groups; of all unless said otherwise.', minItems: 1 })
    .optional(),
  digest: leaf(
    duration({ min: 60, max: 43_200 }),
    'Gathered into one message for each window of so long; what is urgent still comes at once.',
  ).optional(),
  to: z
    .array(leaf(channelReference, 'The name of a channel.'))
    .meta({ description: 'To which channels.', minItems: 1 }),
});

/** The schema of `notify:`: who is told what. */
export const notifySchema = mapping('Who is told what.', {
  channels: record(channelSchema, {
    names: plainNames('a channel'),
    description: 'Where messages can go, by a name of your choice.',
  }).prefault({}),
  routes: z
    .array(route)
    .meta({
      description:
        'Which news goes where. Without routes every channel gets all but held and alarm.',
      minItems: 1,
    })
    .optional(),
});

export type NotifyInput = z.output<typeof notifySchema>;
