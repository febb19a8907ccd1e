import { describeLearned, hasDrifted, LEARNED_TOLERANCE } from '#domain/configuration/learned.ts';
import type { PresentGroup } from './checkup.ts';
import { type Check, unseen } from './finding.ts';

/** Checks values that were learned from a history, where the file has some. */
export const LEARNED_CHECK: Check<PresentGroup> = {
  sound: `what was learned for its forecasts is within ${100 * LEARNED_TOLERANCE} % of its history`,
  needs: [],
  unless: ({ learned }) =>
    learned !== undefined && 'missing' in learned ? unseen(learned.missing) : undefined,
  find: ({ group, learned }) =>
    learned === undefined || 'missing' in learned
      ? []
      : learned.values
          .filter(({ was, now }) => hasDrifted(was, now))
          .map((value) => ({
            code: 'learned-drift',
            verdict: 'warning',
            message: `${describeLearned(value)}, more than ${100 * LEARNED_TOLERANCE} % apart`,
            fix: `npx tidegate learn --group ${group.name} --write, and see what it changes: npx tidegate plan`,
          })),
};
