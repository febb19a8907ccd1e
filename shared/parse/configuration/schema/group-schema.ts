import type * as z from 'zod';
import { choice } from '#parse/configuration/words/choice.ts';
import { date } from '#parse/configuration/words/date.ts';
import { duration } from '#parse/configuration/words/duration.ts';
import { every } from '#parse/configuration/words/every.ts';
import { METRIC_NAMES, plainNames } from '#parse/configuration/words/names.ts';
import { orAuto } from '#parse/configuration/words/or-auto.ts';
import { peer } from '#parse/configuration/words/peer.ts';
import { percent } from '#parse/configuration/words/percent.ts';
import { price } from '#parse/configuration/words/price.ts';
import { autoScalingGroupName, httpsUrl } from '#parse/configuration/words/text.ts';
import { LARGEST_CAPACITY, wholeNumber } from '#parse/configuration/words/whole-number.ts';
import { ruleSchema } from '#parse/rules/rule-schema.ts';
import { behavior } from './behavior-schema.ts';
import { health } from './health-schema.ts';
import { leaf } from './leaf.ts';
import { mapping, record } from './mapping.ts';
import { metricSchema } from './metric-schema.ts';

const capacityLimit = wholeNumber({ min: 0, max: LARGEST_CAPACITY });

const capacity = mapping('Your own bounds for the capacity.', {
  min: leaf(
    capacityLimit,
    'The least capacity. The MinSize of the group holds as well.',
  ).optional(),
  max: leaf(
    capacityLimit,
    'The largest capacity. The MaxSize of the group holds as well.',
  ).optional(),
});

const wake = duration({ min: 1, max: 1_500 });

const warmPool = mapping('A warm pool of stopped instances, sized with the capacity.', {
  wake: leaf(
    orAuto(wake),
    'The time from the start of a stopped instance until it serves. auto: as learned, and 1m until then.',
  ),
  learned: mapping('What `npx tidegate learn --write` found in the history of the group.', {
    wake: leaf(wake, 'The time in which four of five starts came into service.'),
    on: leaf(date, 'The last day of that history.'),
  }).optional(),
  reuse: leaf(
    choice(['on', 'off']),
    'Whether instances that leave are stopped and kept, instead of terminated; they are.',
  ).optional(),
});

/** The keys of `standby`; the sentence says how the other group is named. */
export const standbyWith = (naming: string) =>
  mapping('Another group that this one stands in for while that is impaired.', {
    of: leaf(peer, naming),
    min: leaf(
      percent({ min: 1, max: 100 }),
      'The share of its whole capacity that this group has at least while it is impaired.',
    ),
  });

const standby = standbyWith(
  'The other Auto Scaling group, as REGION/NAME, or NAME alone in this Region.',
);

/** One Auto Scaling group and all that is said about it. */
export const groupSchema = mapping('An Auto Scaling group and its rules.', {
  autoScalingGroup: leaf(autoScalingGroupName, 'The name of the Auto Scaling group in AWS.'),
  capacity: capacity.prefault({}),
  metrics: record(metricSchema, {
    names: METRIC_NAMES,
    description: 'The metrics that rules and alerts read, by a name of your choice.',
  }).prefault({}),
  rules: record(ruleSchema, {
    names: plainNames('a rule'),
    description: 'The rules, by a name of your choice.',
  }).prefault({}),
  behavior: behavior.prefault({}),
  every: leaf(
    every,
    'The time between two looks at the group: 15s, 20s, 30s or 1m; auto: a minute, and when a new value is due.',
  ).optional(),
  warmPool: warmPool.optional(),
  standby: standby.optional(),
  health: health.optional(),
  runbook: leaf(httpsUrl, 'The address of your instructions; messages link to it.').optional(),
  dashboard: leaf(httpsUrl, 'A page that shows the group; messages link to it.').optional(),
  instanceHour: leaf(
    price,
    'The price of one instance in an hour, in your currency; messages say what a change costs.',
  ).optional(),
});

export type GroupInput = z.output<typeof groupSchema>;
