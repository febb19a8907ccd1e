import * as z from 'zod';
import {
  applicationLoadBalancer,
  networkLoadBalancer,
  targetGroup,
} from '#parse/configuration/words/load-balancing.ts';
import { wholeMinutes } from '#parse/configuration/words/period.ts';
import { price } from '#parse/configuration/words/price.ts';
import { statistic } from '#parse/configuration/words/statistic.ts';
import { queueName } from '#parse/configuration/words/text.ts';
import { leaf } from './leaf.ts';
import { mapping } from './mapping.ts';

const period = leaf(wholeMinutes, 'The length of one period. Default: 1m.').prefault('1m');
const targets = leaf(targetGroup, 'The target group: its ARN, or targetgroup/NAME/ID.');
const balancer = leaf(applicationLoadBalancer, 'The load balancer: its ARN, or app/NAME/ID.');

const networkBalancer = leaf(
  networkLoadBalancer,
  'The load balancer: its ARN, or net/NAME/ID. It counts for all of its listeners and target groups.',
);
const queue = leaf(queueName, 'The name of the queue.');

const statisticOr = (usual: string) =>
  leaf(statistic, `The statistic of the samples in one period. Default: ${usual}.`).prefault(usual);

const preset = <N extends string, S extends z.ZodRawShape>(name: N, meaning: string, shape: S) =>
  mapping(meaning, { preset: z.literal(name).meta({ description: meaning }), ...shape, period });

/** Schemas of the ready-made metrics. */
export const PRESET_SCHEMAS = {
  'asg-cpu': preset('asg-cpu', 'Mean CPU utilisation of the group, in percent.', {
    statistic: statisticOr('Average'),
  }),
  'asg-in-service': preset('asg-in-service', 'Instances of the group that are in service.', {
    statistic: statisticOr('Average'),
  }),
  'asg-percent-of-maximum': preset(
    'asg-percent-of-maximum',
    'Desired capacity of the group, in percent of its MaxSize.',
    {},
  ),
  'asg-cost-per-hour': preset(
    'asg-cost-per-hour',
    'The price of all instances of the group in an hour, in any state.',
    { instanceHour: leaf(price, 'The price of one instance in an hour, in your currency.') },
  ),
  'alb-requests': preset(
    'alb-requests',
    'Requests to all targets of a target group together, in a period.',
    { loadBalancer: balancer, targetGroup: targets },
  ),
  'alb-requests-per-target': preset(
    'alb-requests-per-target',
    'Requests for each target in a period.',
    { targetGroup: targets },
  ),
  'alb-response-time': preset('alb-response-time', 'Time until a target answers, in seconds.', {
    loadBalancer: balancer,
    targetGroup: targets,
    statistic: statisticOr('p95'),
  }),
  'alb-error-rate': preset(
    'alb-error-rate',
    'Answers of targets with a 5xx status, in percent of requests.',
    { loadBalancer: balancer, targetGroup: targets },
  ),
  'nlb-flows': preset(
    'nlb-flows',
    'New connections through a Network Load Balancer, in a period.',
    { loadBalancer: networkBalancer },
  ),
  'nlb-bytes': preset(
    'nlb-bytes',
    'Bytes through a Network Load Balancer in both directions, in a period.',
    { loadBalancer: networkBalancer },
  ),
  'sqs-sent': preset('sqs-sent', 'Messages sent to a queue, in a period.', { queue }),
  'sqs-backlog': preset('sqs-backlog', 'Messages that wait in a queue.', {
    queue,
    statistic: statisticOr('Maximum'),
  }),
} as const;

export type PresetName = keyof typeof PRESET_SCHEMAS;
export type PresetInput = { [N in PresetName]: z.output<(typeof PRESET_SCHEMAS)[N]> }[PresetName];

export const PRESET_NAMES = Object.keys(PRESET_SCHEMAS) as readonly PresetName[];

export const isPresetName = (name: unknown): name is PresetName =>
  typeof name === 'string' && Object.hasOwn(PRESET_SCHEMAS, name);
