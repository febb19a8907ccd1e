import type { SweepSizes } from '#app/sweep/sweep.ts';
import type { ReportTime } from '#domain/configuration/report-schedule.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';

/** The subject of a run, beside what goes wrong in every run. */
export type Theme =
  /** Nothing in particular, or a group of thousands of instances. */
  | Readonly<{ kind: 'any' | 'large'; startsAt: Instant }>
  /** A group that begins without any instance, as those of queue workers do. */
  | Readonly<{ kind: 'empty'; startsAt: Instant }>
  /** Groups of which several answer to the same alarm. */
  | Readonly<{ kind: 'shared'; startsAt: Instant }>
  /** Groups that ask for a warm pool; all chance about pools is of the seed, and of nothing else. */
  | Readonly<{ kind: 'pooled'; startsAt: Instant; seed: number }>
  /** Groups that are asked when their values are due, of metrics that come each at a time of its own. */
  | Readonly<{ kind: 'due'; startsAt: Instant; seed: number }>
  /** Fleets beside the groups, whose members come and go. */
  | Readonly<{ kind: 'fleets'; startsAt: Instant }>
  /** Groups and members that the sweep looks at in shards of so few. */
  | Readonly<{ kind: 'shards'; startsAt: Instant; shardSize: number }>
  /** Fleets with health, whose members fall ill; the sweep looks at so many at once, and at the targets of so many in a minute. */
  | Readonly<{ kind: 'sick-fleets'; startsAt: Instant; sizes: SweepSizes }>
  /** Bursts of so many messages that batches are full. */
  | Readonly<{ kind: 'bursts'; startsAt: Instant }>
  /** AWS refuses for half an hour to replace instances: what is begun cannot be finished. */
  | Readonly<{ kind: 'refused'; startsAt: Instant }>
  /** No message about an alarm comes while things go wrong: the sweep alone sees what fires. */
  | Readonly<{ kind: 'unheard'; startsAt: Instant }>
  /** No outcome can be published for three quarters of an hour. */
  | Readonly<{ kind: 'untold'; startsAt: Instant }>
  /** Deployments narrow the bounds of all groups. */
  | Readonly<{ kind: 'bounds'; startsAt: Instant }>
  /** Groups that stand in for others of a Region that goes away, or whose groups lose their instances. */
  | Readonly<{ kind: 'standby'; startsAt: Instant; isAway: boolean }>
  /** A run in which the clocks of the time zone change that all schedules follow. */
  | Readonly<{ kind: 'clocks'; startsAt: Instant; change: ClockChange }>
  /** A run in which the report is due, on a day like any other or while the clocks change. */
  | Readonly<{ kind: 'report'; startsAt: Instant; every: ReportTime; timezone: string }>;

export type ClockChange = Readonly<{
  zone: string;
  /** The first instant with the new offset. */
  at: Instant;
  /** The minutes of the day that the clocks show just before and just after it. */
  shown: readonly [before: number, after: number];
}>;

/** The make of a group decides what its run can show. */
export type Make = Readonly<{
  /** So many instances it has beyond those of a small group. */
  size: number;
  /** It begins without any instance, and may go back to none. */
  isEmpty: boolean;
  /** It is asked when its values are due: `first` goes by one metric alone, so that it can be seen how soon. */
  due?: 'first' | 'other';
  /** Its schedules lie about this change of the clocks. */
  change?: ClockChange;
}>;

/** Every other run begins at this moment: nine o'clock on a Monday, in UTC. */
export const NINE: Instant = 1_772_442_000_000;

/** The clocks change in the middle of the time in which things go wrong. */
const BEFORE_CHANGE_MS = 35 * MINUTE_MS;

/**
 * Some seeds have a theme: of each hundred, seed 25 meets a change of the clocks, seed 50 has a large fleet, seeds
 * 15, 45 and 75 begin with an empty group, in seeds 20 and 70 an alarm is of several groups, eleven have warm pools, in seeds 10, 35, 60 and 85 groups are asked when
 * their values are due, in seeds 6, 31, 51 and 81 the report is, and seeds 14, 37, 62 and 87 have fleets whose members
 * come and go; in seeds 27 and 77 the sweep looks at as many in shards of two or three, in seeds 22, 48, 72 and 97 members
 * fall ill. In seeds 33 and 83 messages come in bursts, in
 * seeds 5 and 55 AWS refuses to replace instances, in seeds 7 and 57 no message about an alarm comes, in seeds 9 and 59 no outcome can be published, in seeds 18 and 68 deployments narrow the bounds, and in seeds 42 and 92 groups stand in
 * for those of another Region. The number alone says so, and nothing is thrown for it: the runs of other seeds stay as they are.
 */
export const themeOf = (seed: number): Theme => {
  const place = seed % 100;
  const turn = Math.floor(seed / 100);
  if (place === 25) return clocksChange(turn);
  const report = REPORTS.get(place);
  if (report !== undefined) return report(turn);
  if (POOLED.includes(place)) return { kind: 'pooled', startsAt: NINE, seed };
  if (DUE.includes(place)) return { kind: 'due', startsAt: NINE, seed };
  const shardSize = SHARDS.get(place);
  if (shardSize !== undefined) return { kind: 'shards', startsAt: NINE, shardSize };
  const sizes = SICK_FLEETS.get(place);
  if (sizes !== undefined) return { kind: 'sick-fleets', startsAt: NINE, sizes };
  if (STANDBY.includes(place)) return { kind: 'standby', startsAt: NINE, isAway: place < 50 };
  return { kind: PLAIN.get(place) ?? 'any', startsAt: NINE };
};

const POOLED: readonly number[] = [34, 36, 44, 46, 56, 74, 76, 84, 86, 94, 96];
/** In the first of each hundred the Region goes away, in the second it can be asked and has too little. */
const STANDBY: readonly number[] = [42, 92];
/** So many groups has a shard, by the places of the seeds. */
const SHARDS: ReadonlyMap<number, number> = new Map([
  [27, 2],
  [77, 3],
]);
/** In half of them targets are looked at in turns, in shards; groups that the file names are few enough for the sweep itself. */
const SICK_FLEETS: ReadonlyMap<number, SweepSizes> = new Map([
  [22, {}],
  [48, { shardSize: 3, membersAMinute: 2 }],
  [72, {}],
  [97, { shardSize: 4, membersAMinute: 3 }],
]);
const DUE: readonly number[] = [10, 35, 60, 85];

type PlainKind =
  | 'large'
  | 'empty'
  | 'shared'
  | 'fleets'
  | 'refused'
  | 'bounds'
  | 'bursts'
  | 'unheard'
  | 'untold';

const at = (
  kind: PlainKind,
  ...places: readonly number[]
): readonly (readonly [number, PlainKind])[] => places.map((place) => [place, kind]);

/** The themes that need nothing but their name, by the places of their seeds in each hundred. */
const PLAIN: ReadonlyMap<number, PlainKind> = new Map([
  ...at('large', 50),
  ...at('empty', 15, 45, 75),
  ...at('shared', 20, 70),
  ...at('fleets', 14, 37, 62, 87),
  ...at('refused', 5, 55),
  ...at('unheard', 7, 57),
  ...at('untold', 9, 59),
  ...at('bounds', 18, 68),
  ...at('bursts', 33, 83),
]);

const clocksChange = (turn: number): Theme => {
  const change = CHANGES[turn % CHANGES.length] ?? BERLIN;
  return { kind: 'clocks', startsAt: change.at - BEFORE_CHANGE_MS, change };
};

const hours = (hour: number, minute = 0): number => 60 * hour + minute;

/** So many minutes after the begin of a run the report is due: by then the first looks have been, and things go wrong. */
const dueAfter = (turn: number): number => 5 + ((turn * 17) % 45);

/** In March Berlin is an hour ahead of UTC. */
const ordinaryReport = (turn: number, day: Pick<ReportTime, 'weekday'>): Theme => ({
  kind: 'report',
  startsAt: NINE,
  every: { ...day, minuteOfDay: hours(10) + dueAfter(turn) },
  timezone: 'Europe/Berlin',
});

/** A report that is due at a time which the clocks leave out, or show twice. */
const oddReport = (turn: number): Theme => {
  const { zone, at, shown } = CHANGES[turn % CHANGES.length] ?? BERLIN;
  const [before, after] = shown;
  const forward = (after - before + DAY) % DAY;
  const [first, length] = forward < DAY / 2 ? [before, forward] : [after, DAY - forward];
  return {
    kind: 'report',
    startsAt: at - BEFORE_CHANGE_MS,
    every: { minuteOfDay: (first + ((turn * 19 + 7) % length)) % DAY },
    timezone: zone,
  };
};

const DAY = hours(24);

/** The ninth hour is that of a Monday. */
const REPORTS: ReadonlyMap<number, (turn: number) => Theme> = new Map([
  [6, (turn) => ordinaryReport(turn, { weekday: 1 })],
  [31, (turn) => oddReport(turn)],
  [51, (turn) => ordinaryReport(turn, {})],
  [81, (turn) => oddReport(turn + 4)],
]);

/** Forward, in an hour that is left out. */
const BERLIN: ClockChange = {
  zone: 'Europe/Berlin',
  at: 1_774_746_000_000,
  shown: [hours(2), hours(3)],
};

/** Changes of every kind: forward and back, by an hour and by half of one, in the night and at midnight. */
const CHANGES: readonly ClockChange[] = [
  BERLIN,
  { zone: 'Europe/Berlin', at: 1_792_890_000_000, shown: [hours(3), hours(2)] },
  {
    zone: 'Australia/Lord_Howe',
    at: 1_791_041_400_000,
    shown: [hours(2), hours(2, 30)],
  },
  {
    zone: 'Australia/Lord_Howe',
    at: 1_775_314_800_000,
    shown: [hours(2), hours(1, 30)],
  },
  { zone: 'America/Santiago', at: 1_788_667_200_000, shown: [hours(0), hours(1)] },
  { zone: 'America/Santiago', at: 1_775_358_000_000, shown: [hours(0), hours(23)] },
  { zone: 'Africa/Cairo', at: 1_776_981_600_000, shown: [hours(0), hours(1)] },
  { zone: 'Africa/Cairo', at: 1_793_307_600_000, shown: [hours(0), hours(23)] },
];
