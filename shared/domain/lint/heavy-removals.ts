import type { Group } from '#domain/configuration/configuration.ts';
import { active, adjustmentsOf } from './directions.ts';
import type { Finding } from './finding.ts';

/** So much at once is hard to take back. */
const MOST_REMOVED = 50;

export const findHeavyRemovals = (group: Group): readonly Finding[] =>
  active(group).flatMap((rule) => {
    const shares = adjustmentsOf(rule).flatMap((each) =>
      each.kind === 'remove' && each.unit === 'percent' ? [each.amount] : [],
    );
    const share = Math.max(0, ...shares);
    if (share <= MOST_REMOVED || group.behavior.scaleIn.limits.length > 0) return [];

    const left = Math.max(1, 10 - Math.floor(share / 10));
    return [
      {
        code: 'removes-too-much',
        group: group.name,
        rules: [rule.name],
        message: `${rule.name} removes ${share} % at once`,
        why: 'what remains has to carry all of the load at once, and starting anew takes minutes',
        example: `of 10 units ${left} remain, and each carries ${Number((10 / left).toFixed(1))} times as much`,
        fix: 'remove less, or set behavior.scaleIn.limits',
      },
    ];
  });
