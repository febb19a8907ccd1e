import type { Turn } from '#domain/capacity/rules/turning-point.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { natureOf } from '#domain/configuration/metric-nature.ts';
import type { Finding } from './finding.ts';
import { turnsOf } from './turning-points.ts';

/** Rules and bands whose bound the metric never reaches. */
export const findUnreachable = (group: Group): readonly Finding[] =>
  turnsOf(group)
    .filter((turn) => isOutOfReach(group, turn))
    .map(({ rule, metric, side, bound }) => {
      const { least, most } = natureOf(group.metrics[metric]);
      const limit = side === 'above' ? `above ${most}` : `below ${least}`;
      return {
        code: 'never-fires',
        group: group.name,
        rules: [rule],
        message: `${rule} waits for ${metric} ${side} ${bound}`,
        why: 'a rule that never fires gives a safety that is not there',
        example: `${metric} is never ${limit}`,
        fix: `choose a bound within ${least} and ${most}`,
      };
    });

/** Bounds that a metric cannot reach. */
const isOutOfReach = ({ metrics }: Group, { metric, side, bound }: Turn): boolean => {
  const { least, most } = natureOf(metrics[metric]);
  return side === 'above' ? bound > most : bound < least;
};
