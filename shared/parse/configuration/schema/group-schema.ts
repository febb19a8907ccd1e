import type * as z from 'zod';
import { choice } from '../words/choice.ts';
import { loadBalancer, targetGroup } from '../words/load-balancing.ts';
import { METRIC_NAMES, plainNames } from '../words/names.ts';
import { percent } from '../words/percent.ts';
import { wholeMinutes } from '../words/period.ts';
import { autoScalingGroupName } from '../words/text.ts';
import { LARGEST_CAPACITY, wholeNumber } from '../words/whole-number.ts';
import { behavior } from './behavior-schema.ts';
import { leaf } from './leaf.ts';
import { mapping, record } from './mapping.ts';
import { metricSchema } from './metric-schema.ts';
import { ruleSchema } from './rule-schema.ts';

const capacityLimit = wholeNumber({ min: 0, max: LARGEST_CAPACITY });
const share = percent({ min: 1, max: 100 });

const capacity = mapping('Bounds of our own.', {
  min: leaf(capacityLimit, 'Never fewer; always within the MinSize of the group.').optional(),
  max: leaf(capacityLimit, 'Never more; always within the MaxSize of the group.').optional(),
});

const health = mapping('What to do about targets that fail their health checks.', {
  targetGroup: leaf(targetGroup, 'The target group: its ARN, or targetgroup/NAME/ID.'),
  loadBalancer: leaf(loadBalancer, 'Its load balancer: the ARN, app/NAME/ID or net/NAME/ID.'),
  unhealthyFor: leaf(
    wholeMinutes,
    'How long targets must fail their health checks before the alarm fires; 2m unless said otherwise.',
  ).prefault('2m'),
  action: leaf(
    choice(['replace', 'deregister', 'notify']),
    'replace (the default): take the target out of service and let the group replace it. deregister: take it out of service. notify: tell people only.',
  ).prefault('replace'),
  floor: leaf(
    share,
    'The share of registered targets that must stay healthy; below it nothing is touched. 50% unless said otherwise.',
  ).prefault('50%'),
  ceiling: leaf(
    share,
    'When more than this share is unhealthy at once, the cause is a common one: nothing is touched and people are told. 30% unless said otherwise.',
  ).prefault('30%'),
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
export type HealthInput = z.output<typeof health>;
