import type * as z from 'zod';
import { METRIC_NAMES, plainNames } from '../words/names.ts';
import { autoScalingGroupName } from '../words/text.ts';
import { LARGEST_CAPACITY, wholeNumber } from '../words/whole-number.ts';
import { behavior } from './behavior-schema.ts';
import { health } from './health-schema.ts';
import { leaf } from './leaf.ts';
import { mapping, record } from './mapping.ts';
import { metricSchema } from './metric-schema.ts';
import { ruleSchema } from './rule-schema.ts';

const capacityLimit = wholeNumber({ min: 0, max: LARGEST_CAPACITY });

const capacity = mapping('Bounds of our own.', {
  min: leaf(capacityLimit, 'Never fewer; always within the MinSize of the group.').optional(),
  max: leaf(capacityLimit, 'Never more; always within the MaxSize of the group.').optional(),
});

/** One Auto Scaling group and all that is said about it. */
export const groupSchema = mapping('An Auto Scaling group and its rules.', {
  autoScalingGroup: leaf(autoScalingGroupName, 'The name of the Auto Scaling group in AWS.'),
  capacity: capacity.prefault({}),
  metrics: record(metricSchema, {
    names: METRIC_NAMES,
    description: 'What rules look at, by a name of your choice.',
  }).prefault({}),
  rules: record(ruleSchema, {
    names: plainNames('a rule'),
    description: 'When to do what, by a name of your choice.',
  }).prefault({}),
  behavior: behavior.prefault({}),
  health: health.optional(),
});

export type GroupInput = z.output<typeof groupSchema>;
