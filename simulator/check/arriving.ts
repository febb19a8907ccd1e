import { type Checker, unless } from './check-world.ts';
import { isCorrection, onCapacity, what } from './on-capacity.ts';
import { opinionsOnWhole } from './reference.ts';

export const partsShrinkNothing: Checker = {
  id: 'S49',
  promise:
    'data that are still arriving shrink no group: removals go as far as whole values ask for',
  watch: onCapacity((call) => {
    const { plan, isReissue } = call;
    if (plan === undefined || isReissue || isCorrection(call) || call.capacity >= plan.from)
      return [];
    const opinions = opinionsOnWhole(call, plan);
    const largest = Math.max(...opinions.map(({ wish = 0 }) => wish));
    const isBlind = opinions.some(({ blocksScaleIn, stopsAll }) => blocksScaleIn || stopsAll);
    return unless(!isBlind && call.capacity >= Math.min(largest, plan.from), () => {
      const asked = isBlind ? 'one of its rules cannot see' : `they ask for ${largest}`;
      return `${what(call)}, and by whole values ${asked}`;
    });
  }),
};
