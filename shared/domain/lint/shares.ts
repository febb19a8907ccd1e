import type { Group } from '../configuration.ts';
import type { Rule } from '../rule.ts';
import { active, adjustmentsOf, canGrow, follows, namesOf } from './directions.ts';
import type { Finding } from './finding.ts';

/** A share of nothing is nothing. */
export const findStuckAtZero = (group: Group): readonly Finding[] => {
  const out = active(group).filter((rule) => canGrow(rule) && rule.kind !== 'schedule');
  const isShare = (rule: Rule): boolean =>
    !follows(rule) &&
    !(rule.kind === 'step' && rule.atLeast > 0) &&
    adjustmentsOf(rule).every(
      (each) => each.kind === 'remove' || ('unit' in each && each.unit === 'percent'),
    );
  if (group.capacity.min !== 0 || out.length === 0 || !out.every(isShare)) return [];

  return [
    {
      ...{ code: 'never-leaves-zero', group: group.name, rules: namesOf(out) },
      message: 'the group may stand at 0, and every rule that adds does so in percent',
      why: 'a share of nothing is nothing: once at 0 the group stays there',
      example: `at 0 units ${out[0]?.name} makes 0`,
      fix: 'let one rule add whole units, or set capacity.min to 1',
    },
  ];
};

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
        ...{ code: 'removes-too-much', group: group.name, rules: [rule.name] },
        message: `${rule.name} removes ${share} % at once`,
        why: 'what remains has to carry all of the load at once, and starting anew takes minutes',
        example: `of 10 units ${left} remain, and each carries ${Number((10 / left).toFixed(1))} times as much`,
        fix: 'remove less, or set behavior.scaleIn.limits',
      },
    ];
  });
