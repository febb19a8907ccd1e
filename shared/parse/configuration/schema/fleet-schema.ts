import type * as z from 'zod';
import { TAG_KEYS } from '#parse/configuration/words/names.ts';
import { tagValue } from '#parse/configuration/words/text.ts';
import { groupSchema, standbyWith } from './group-schema.ts';
import { fleetHealth } from './health-schema.ts';
import { leaf } from './leaf.ts';
import { mapping, record } from './mapping.ts';

/** Auto Scaling takes 50 tags for a group, and one of them is that of the deployment. */
export const MOST_TAGS = 49;

const {
  autoScalingGroup: _differs,
  health: _named,
  standby: _ofEach,
  ...common
} = groupSchema.shape;

const select = mapping('The groups that belong to the fleet.', {
  tags: record(leaf(tagValue, 'The value of the tag, exactly.'), {
    names: TAG_KEYS,
    description:
      'Tags that an Auto Scaling group must all carry, beside the tag of the deployment.',
    most: MOST_TAGS,
  }),
});

const fleetStandby = standbyWith(
  'The other Auto Scaling group of each member: REGION/{autoScalingGroup}, or a name made from it.',
);

/** One set of rules for every Auto Scaling group that carries the tags. */
export const fleetSchema = mapping('A fleet: one set of rules for all groups with these tags.', {
  select,
  ...common,
  standby: fleetStandby.optional(),
  health: fleetHealth.optional(),
});

export type FleetInput = z.output<typeof fleetSchema>;
