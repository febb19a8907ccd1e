import type { ReportSchedule } from '#domain/configuration/report-schedule.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';
import type { HistoryEvent, Received } from '../history.ts';
import { createRecord } from './channels.ts';
import { type Checker, type CheckWorld, type Judgement, SKEW_MS, unless } from './check-world.ts';

const HOUR_MS = 60 * MINUTE_MS;
/** A change of the clocks, and the day around it. */
const LOOKBACK_MS = 50 * HOUR_MS;

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * The moments between two at which a report is due, by the clock on the wall, minute for minute: on each day of the
 * calendar the first at which it shows the time or a later one. Computed apart from the code that is judged.
 */
const duesBetween = (
  { every, timezone }: ReportSchedule,
  from: Instant,
  to: Instant,
): readonly Instant[] => {
  const wall = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const seen = new Set<string>();
  const dues: Instant[] = [];
  const first = Math.floor((from - LOOKBACK_MS) / MINUTE_MS) * MINUTE_MS;
  for (let at = first; at <= to; at += MINUTE_MS) {
    const shown = new Map(wall.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = [shown.get('year'), shown.get('month'), shown.get('day')].join('-');
    const minute = 60 * Number(shown.get('hour')) + Number(shown.get('minute'));
    if (minute < every.minuteOfDay || seen.has(day)) continue;
    seen.add(day);
    const isItsDay =
      every.weekday === undefined || shown.get('weekday') === WEEKDAYS[every.weekday];
    if (isItsDay && at >= from) dues.push(at);
  }
  return dues;
};

/** The due times of a run, computed once; none where no report is asked for. */
const duesOf = ({ timeline, configuration }: CheckWorld, length: number): readonly Instant[] => {
  const { report } = configuration();
  const now = timeline.now();
  return report === undefined ? [] : duesBetween(report, now - SKEW_MS, now + length);
};

/** A run is shorter. */
const LONGEST_RUN_MS = 3 * HOUR_MS;

const isReport = ({ message }: Received): boolean => /(?:^|, )report-/.test(message.reference);

export const reportsComeOnce: Checker = {
  id: 'S96',
  promise:
    'a scheduled report is told on its own, once on each channel for each due time, and for no other time',
  watch: (world) => {
    const dues = duesOf(world, LONGEST_RUN_MS);
    const told = new Set<string>();

    const judge = (at: Instant, received: Received): readonly Judgement[] => {
      const { channel, message } = received;
      const key = `${channel.name} ${message.at}`;
      const isRepeated = told.has(key);
      told.add(key);
      const isDue = dues.includes(message.at) && at >= message.at - SKEW_MS;
      return [
        ...unless(!message.reference.includes(', '), () => {
          return `a report is told in "${message.title}", and nobody can read it there`;
        }),
        ...unless(isDue, () => `${channel.name} is told ${message.reference}, which was not due`),
        ...unless(!isRepeated, () => `${channel.name} is told ${message.reference} again`),
      ];
    };

    return {
      onEvent: (event) =>
        event.kind === 'received' && isReport(event.received)
          ? judge(event.at, event.received)
          : [],
    };
  },
};

/** News of the last minutes of a run may still wait for its turn. */
const UNDER_WAY_MS = 12 * MINUTE_MS;

/** Follows the looks of the sweep, and knows from when on one without a failure has been. */
const createLooks = () => {
  const failing = new Set<string>();
  let begun: Instant | undefined;

  return {
    begun: (): Instant => begun ?? Number.POSITIVE_INFINITY,
    follow: (event: HistoryEvent): void => {
      const failed = failedIn(event);
      if (failed !== undefined) failing.add(failed);
      if (event.kind !== 'ended' || event.invocation.functionName !== 'sweep') return;
      if (!failing.has(event.invocation.id)) begun ??= event.at;
    },
  };
};

/** The invocation that says here that it could not see to the report. */
const failedIn = (event: HistoryEvent): string | undefined => {
  if (event.kind !== 'noted' || event.note.kind !== 'look-failed') return undefined;
  return event.note.group === 'the scheduled report' ? event.invocation.id : undefined;
};

const isDeadReport = (event: HistoryEvent): boolean =>
  event.kind === 'dead-lettered' && event.body.includes('"kind":"report"');

export const reportsReachTheirChannels: Checker = {
  id: 'L63',
  promise:
    'once it is quiet, a report that was due after the first look has ended on each of its channels',
  watch: (world) => {
    const { timeline, configuration } = world;
    const dues = duesOf(world, LONGEST_RUN_MS);
    const record = createRecord();
    const looks = createLooks();
    let isDead = false;

    return {
      onEvent: (event) => {
        if (dues.length === 0) return [];
        record.follow(event);
        looks.follow(event);
        isDead ||= isDeadReport(event);
        return [];
      },
      atEnd: () => {
        const { report, channels } = configuration();
        if (isDead) return [];
        return dues
          .filter((at) => at > looks.begun() + SKEW_MS && at < timeline.now() - UNDER_WAY_MS)
          .flatMap((at) =>
            channels
              .filter(({ name }) => report?.to.includes(name) === true)
              .flatMap((channel) =>
                unless(record.isSafe(channel, referenceOf(at)), () => {
                  return `${referenceOf(at)} was due, and ${channel.name} was not told`;
                }),
              ),
          );
      },
    };
  },
};

const referenceOf = (at: Instant): string => `report-${isoTime(at).slice(0, 16)}`;
