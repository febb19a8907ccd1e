import { Cron } from 'croner';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import { instantOf } from '#domain/time/local-clock.ts';
import type { WindowInput } from '#parse/configuration/schema/window-schema.ts';
import { cron } from '#parse/configuration/words/cron.ts';
import { localTime, localTimeOf } from '#parse/configuration/words/local-time.ts';
import { timezone } from '#parse/configuration/words/timezone.ts';
import type { Words } from '#parse/configuration/words/words.ts';
import type { Fault, Path } from '../fault.ts';

/** A window is told by two cron lines or by two local times, and is open at some time. */
export const checkWindow = (input: WindowInput, path: Path): readonly Fault[] => {
  const { start, end, from, to } = input;
  const keys = Object.entries({ start, end, from, to })
    .filter(([, value]) => value !== undefined)
    .map(([key]) => key)
    .join(' and ');
  if (keys === 'start and end') return checkRecurring(input, path);
  if (keys === 'from and to') return checkOnce(input, path);

  const expected = 'start and end, two cron lines, or from and to, two local times';
  const message = keys === '' ? 'it does not say when' : `it says only ${keys}`;
  return [{ path, code: 'conflict', message, expected }];
};

const checkRecurring = ({ start, end }: WindowInput, path: Path): readonly Fault[] => {
  const [begins, ends] = [wordIn(cron, start), wordIn(cron, end)];
  if (begins === undefined || ends === undefined || !isAlwaysEnded(begins, ends)) return [];

  const message = 'it ends whenever it begins';
  const expected = 'an end other than the start';
  return [{ path: [...path, 'end'], code: 'conflict', message, expected }];
};

/** So many days are tried, each at another time of the day: all months, weekdays, hours and minutes. */
const TRIED_DAYS = 400;
const DAY_MS = 1_440 * MINUTE_MS;

/** True when a line runs in every minute in which another one does. */
const isAlwaysEnded = (start: string, end: string): boolean => {
  const options = { paused: true, timezone: 'UTC', mode: '5-part' } as const;
  const [begins, ends] = [new Cron(start, options), new Cron(end, options)];
  for (let day = 0; day < TRIED_DAYS; day += 1) {
    const minute = (day * 37) % 1_440;
    const moment = FIRST_DAY + day * DAY_MS + minute * MINUTE_MS;
    const began = runAfter(begins, moment);
    if (runAfter(ends, began - 1) !== began) return false;
  }
  return true;
};

/** `cron` has seen to it that a line runs again. */
const runAfter = (line: Cron, moment: Instant): Instant =>
  (line.nextRun(new Date(moment)) as Date).getTime();

const FIRST_DAY = Date.UTC(2024, 0, 1);

const checkOnce = ({ from, to, timezone: zone }: WindowInput, path: Path): readonly Fault[] => {
  const [begins, ends] = [localTimeIn(from), localTimeIn(to)];
  if (begins === undefined || ends === undefined) return [];

  const fault = { path: [...path, 'to'], code: 'conflict' } as const;
  const [first, last] = [localTimeOf(begins), localTimeOf(ends)];
  if (first >= last) {
    const message = first === last ? 'it ends when it begins' : 'it ends before it begins';
    return [{ ...fault, message, expected: 'to later than from' }];
  }

  const known = wordIn(timezone, zone);
  if (known === undefined || instantOf(known, first) < instantOf(known, last)) return [];
  return [
    {
      ...fault,
      message: `it is over when it begins: a change of the clocks in ${known} leaves all of it out`,
      expected: 'a time that exists there',
    },
  ];
};

/** A value as its words read it; what they cannot read is explained where they are. */
const wordIn = (words: Words<string>, value: unknown): string | undefined => {
  const result = words.read(value);
  return result.ok ? result.value : undefined;
};

/** A local time as it is written, or as it was read already: then it has seconds. */
const localTimeIn = (value: unknown): string | undefined =>
  wordIn(localTime, typeof value === 'string' ? value.replace(/^(.{16}):00$/, '$1') : value);
