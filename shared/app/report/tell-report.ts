import { asError } from '#domain/basics/as-error.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { ReportSchedule } from '#domain/configuration/report-schedule.ts';
import type { TakeNote } from '#domain/lane/note.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { type ChannelCounts, NO_COUNTS } from '#domain/notify/channel-counts.ts';
import type { ReportNews } from '#domain/notify/report-news.ts';
import { describeReportNews } from '#domain/report/describe-report-news.ts';
import { nextReportStep, type ReportMark } from '#domain/report/due-report.ts';
import { reportOn } from '#domain/report/group-figures.ts';
import type { GroupReport } from '#domain/report/group-report.ts';
import type { Sizes } from '#domain/report/sizes.ts';
import { type KeptMembership, memberGroups } from '#domain/sweep/kept-membership.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { type ReadRanges, readSizes } from './read-sizes.ts';

export type ReportPorts = Readonly<{
  configuration: Pick<Configuration, 'groups' | 'fleets' | 'channels' | 'report'>;
  readMark: () => Promise<ReportMark | undefined>;
  /** Writes the mark unless somebody else has written another one since; that is no error. */
  writeMark: (before: ReportMark | undefined, next: ReportMark) => Promise<void>;
  /** Reads the memberships of the fleets, as the look that came before left them. */
  readAllMemberships: () => Promise<readonly KeptMembership[]>;
  listDecisions: (
    range: Readonly<{ group: string; since: Instant; until: Instant; most: number }>,
  ) => Promise<readonly RecordedDecision[]>;
  readRanges: ReadRanges;
  readChannelCounts: (
    channels: readonly string[],
    range: Readonly<{ since: Instant; until: Instant }>,
  ) => Promise<ReadonlyMap<string, ChannelCounts>>;
  /** Sends the report to `notify`, which tells the same one once, however often it is sent. */
  tell: (news: ReportNews) => Promise<void>;
  note: TakeNote;
  now: () => Instant;
}>;

/**
 * Tells the report when it is due. It is sent first and marked then: whoever dies in between sends it again, and `notify`
 * knows it by its due time. It never throws: the next look tries again, and what scales does not wait for it.
 */
export const tellReport =
  (ports: ReportPorts): (() => Promise<void>) =>
  async () => {
    const { report: schedule } = ports.configuration;
    if (schedule === undefined) return;
    try {
      await tellDue(ports, schedule);
    } catch (thrown) {
      ports.note({ kind: 'look-failed', group: 'the scheduled report', error: asError(thrown) });
    }
  };

const tellDue = async (ports: ReportPorts, schedule: ReportSchedule): Promise<void> => {
  const before = await ports.readMark();
  const step = nextReportStep(schedule, before, ports.now());
  if (step.kind === 'wait') return;
  if (step.kind === 'tell') {
    const { since, mark } = step;
    await ports.tell(await reportFor(ports, schedule, { since, until: mark.at }));
  }
  await ports.writeMark(before, step.mark);
};

type ReportSpan = Readonly<{ since: Instant; until: Instant }>;

const reportFor = async (
  ports: ReportPorts,
  { to }: ReportSchedule,
  span: ReportSpan,
): Promise<ReportNews> => {
  const { channels } = ports.configuration;
  const names = channels.map(({ name }) => name);
  const groups = await groupsAndMembers(ports);
  const [sizes, counts] = await Promise.all([
    sizesOf(ports, groups, span),
    ports.readChannelCounts(names, span),
  ]);
  const reports = await groupReports(ports, { groups, sizes, span });
  return describeReportNews({
    since: span.since,
    at: span.until,
    to,
    groups: reports,
    uncounted: groups.length - reports.length,
    channels: names.map((channel) => ({ channel, ...(counts.get(channel) ?? NO_COUNTS) })),
  });
};

/** The groups that the configuration names, and after them the members of its fleets. */
const groupsAndMembers = async ({
  configuration,
  readAllMemberships,
}: ReportPorts): Promise<readonly Group[]> => {
  const { groups, fleets = [] } = configuration;
  if (fleets.length === 0) return groups;
  return [...groups, ...memberGroups(configuration, await readAllMemberships())];
};

/** Sizes of a week in means of five minutes take a second for ten groups; those of more groups are means of an hour. */
const MOST_IN_DETAIL = 50;
const HOUR_SECONDS = 3_600;
/** Sizes of more groups would take longer than a function has, and are left out. */
const MOST_SIZES = 500;

/** A report without sizes is better than none. */
const sizesOf = async (
  { readRanges, note }: ReportPorts,
  groups: readonly Group[],
  { since, until }: ReportSpan,
): Promise<readonly (Sizes | undefined)[]> => {
  if (groups.length > MOST_SIZES) return [];
  const period = groups.length > MOST_IN_DETAIL ? { periodSeconds: HOUR_SECONDS } : {};
  try {
    return await readSizes(readRanges, groups, { from: since, to: until, ...period });
  } catch (thrown) {
    note({ kind: 'look-failed', group: 'the sizes of the report', error: asError(thrown) });
    return [];
  }
};

/** So many groups are read side by side, each with its newest decisions. */
const GROUPS_AT_ONCE = 50;
const MOST_DECISIONS = 5_000;
/** The sweep has a minute for everything: of the groups that are not read by then, the report says how many there are. */
const BUDGET_MS = 10 * SECOND_MS;

type Sized = Readonly<{
  groups: readonly Group[];
  /** In the order of the groups. */
  sizes: readonly (Sizes | undefined)[];
  span: ReportSpan;
}>;

const groupReports = async (
  { listDecisions, now }: ReportPorts,
  { groups, sizes, span }: Sized,
): Promise<readonly GroupReport[]> => {
  const end = now() + BUDGET_MS;
  const reports: GroupReport[] = [];
  while (reports.length < groups.length && now() < end) {
    const first = reports.length;
    const some = groups.slice(first, first + GROUPS_AT_ONCE);
    const read = some.map(async (group, index) => {
      const known = sizes[first + index];
      // The end of the time is the begin of the next one.
      const range = { group: group.name, since: span.since, until: span.until - 1 };
      const decisions = await listDecisions({ ...range, most: MOST_DECISIONS });
      return reportOn({ group, decisions, ...(known === undefined ? {} : { sizes: known }) });
    });
    reports.push(...(await Promise.all(read)));
  }
  return reports;
};
