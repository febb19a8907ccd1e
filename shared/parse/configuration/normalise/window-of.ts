import type { Window } from '#domain/configuration/schedule.ts';
import { instantOf } from '#domain/time/local-clock.ts';
import type { WindowInput } from '#parse/configuration/schema/window-schema.ts';
import { localTimeOf } from '#parse/configuration/words/local-time.ts';

/** The window of a schedule; `checkSchedule` has seen to it that it is of one of the two kinds. */
export const windowOf = (input: WindowInput): Window => {
  const { start, end, from, to, timezone } = input;
  return start !== undefined && end !== undefined
    ? { kind: 'recurring', start, end, timezone }
    : {
        kind: 'once',
        from: instantOf(timezone, localTimeOf(from as string)),
        to: instantOf(timezone, localTimeOf(to as string)),
      };
};
