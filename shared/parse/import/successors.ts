import { Cron } from 'croner';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';

/** Something that happens again and again, at the times of a cron line. */
export type CronTimes = Readonly<{ cron: string; timezone: string }>;

const FIRST: Instant = Date.UTC(2024, 0, 1);
/** More than a year later, so that every month and every weekday is seen. */
const LAST: Instant = FIRST + 400 * 1_440 * MINUTE_MS;
/** So many events are looked at; a line that runs each minute ends sooner. */
const MOST_EVENTS = 5_000;

/**
 * The one that always follows another, for each of several that alternate; nothing for one that is followed now by
 * this one and now by that one, or by itself. It is computed in UTC: all have one time zone.
 */
export const successorsOf = <T extends CronTimes>(all: readonly T[]): ReadonlyMap<T, T> => {
  const events = all
    .flatMap((each) => timesOf(each.cron).map((at) => ({ at, each })))
    .toSorted((one, other) => one.at - other.at);
  const next = new Map<T, T | null>();
  for (const [index, { each }] of events.entries()) {
    const follower = events[index + 1]?.each;
    if (follower === undefined) break;
    const known = next.get(each);
    next.set(each, known === undefined || known === follower ? follower : null);
  }
  return new Map(
    [...next].flatMap(([each, follower]) =>
      follower === null || follower === each ? [] : [[each, follower] as const],
    ),
  );
};

const timesOf = (line: string): readonly Instant[] => {
  const cron = cronOf(line);
  const times: Instant[] = [];
  let run = cron?.nextRun(new Date(FIRST));
  while (run && run.getTime() < LAST && times.length < MOST_EVENTS) {
    times.push(run.getTime());
    run = cron?.nextRun(run);
  }
  return times;
};

/** A line that cannot be read never happens; the rule that is made of it is refused with the reason. */
const cronOf = (line: string): Cron | undefined => {
  try {
    return new Cron(line, { paused: true, timezone: 'UTC', mode: '5-part' });
  } catch {
    return undefined;
  }
};
