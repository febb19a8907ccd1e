import { Cron } from 'croner';
import type { Instant } from '../../../domain/instant.ts';
import type { Window } from '../../../domain/schedule.ts';
import type { RuleInputs } from '../schema/rule-schema.ts';

/** The window of a schedule; `checkSchedule` has seen to it that it is of one of the two kinds. */
export const windowOf = (input: RuleInputs['schedule']['schedule']): Window => {
  const { start, end, from, to, timezone } = input;
  return start !== undefined && end !== undefined
    ? { kind: 'recurring', start, end, timezone }
    : {
        kind: 'once',
        from: instantOf(from as string, timezone),
        to: instantOf(to as string, timezone),
      };
};

/** The moment of a local time; one that a change of the clocks leaves out is moved behind the gap. */
const instantOf = (local: string, timezone: string): Instant =>
  (new Cron(local, { paused: true, timezone }).nextRun(BEFORE_ALL) as Date).getTime();

const BEFORE_ALL = new Date(0);
