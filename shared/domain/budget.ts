import type { Channel } from './configuration.ts';
import { describeInstant } from './describe-instant.ts';
import { type Instant, MINUTE_MS } from './instant.ts';

const HOUR_MS = 60 * MINUTE_MS;

/** How many messages a channel was to get in this hour, with this one, and in the hour before. */
export type Spent = Readonly<{ count: number; before: number }>;

/** Whether a message that is not urgent may go out, and what is said with it. */
export type Allowance =
  | Readonly<{ kind: 'within'; postscript?: string }>
  | Readonly<{ kind: 'spent'; detail: string }>;

/** The hour that an instant lies in; a budget begins with it anew. */
export const hourOf = (at: Instant): Instant => Math.floor(at / HOUR_MS) * HOUR_MS;

/**
 * So many messages an hour and no more, so that nobody stops reading. The last one says so, and the first
 * one of the next hour says how many were left out.
 */
export const allowanceOf = (
  { perHour }: Pick<Channel, 'perHour'>,
  { count, before }: Spent,
  now: Instant,
): Allowance => {
  if (perHour === undefined) return { kind: 'within' };
  if (count > perHour) {
    return {
      kind: 'spent',
      detail: `${count} messages in this hour, and the budget is ${perHour}`,
    };
  }

  const missed = count === 1 ? Math.max(0, before - perHour) : 0;
  const said = [
    ...(missed > 0 ? [`${missed} more messages of the hour before were left out.`] : []),
    ...(count === perHour
      ? [
          `This is message ${perHour} of this hour: until ${describeInstant(hourOf(now) + HOUR_MS)} only what is urgent comes.`,
        ]
      : []),
  ];
  return { kind: 'within', ...(said.length === 0 ? {} : { postscript: said.join(' ') }) };
};
