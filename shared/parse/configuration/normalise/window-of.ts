import { instantOf } from '../../../domain/local-clock.ts';
import type { Window } from '../../../domain/schedule.ts';
import type { RuleInputs } from '../schema/rule-schema.ts';
import { localTimeOf } from '../words/local-time.ts';

/** The window of a schedule; `checkSchedule` has seen to it that it is of one of the two kinds. */
export const windowOf = (input: RuleInputs['schedule']['schedule']): Window => {
  const { start, end, from, to, timezone } = input;
  return start !== undefined && end !== undefined
    ? { kind: 'recurring', start, end, timezone }
    : {
        kind: 'once',
        from: instantOf(timezone, localTimeOf(from as string)),
        to: instantOf(timezone, localTimeOf(to as string)),
      };
};
