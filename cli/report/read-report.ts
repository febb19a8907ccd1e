import { readSizes } from '#app/report/read-sizes.ts';
import type { ReachedTable } from '#cli/deployment/find-deployment.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import type { Terminal } from '#cli/terminal.ts';
import type { Channel } from '#domain/configuration/channel.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { NO_COUNTS } from '#domain/notify/channel-counts.ts';
import type { ChannelReport } from '#domain/report/channel-report.ts';
import { reportOn } from '#domain/report/group-figures.ts';
import type { GroupReport } from '#domain/report/group-report.ts';
import type { Instant } from '#domain/time/instant.ts';

/** The time and the parts of a deployment that are reported on. */
export type Asked = Readonly<{
  groups: readonly Group[];
  channels: readonly Channel[];
  since: Instant;
  until: Instant;
}>;

/** A time of a deployment, summed up. */
export type ReadReport = Readonly<{
  groups: readonly GroupReport[];
  channels: readonly ChannelReport[];
  /** A group has older decisions in the time, which were not counted. */
  isCut: boolean;
}>;

/** The most decisions of a group that are counted, from the newest. */
export const MOST_DECISIONS = 100_000;

/** Reads what groups did and what channels were told in a time, and sums it up. */
export const readReport = async (
  reached: ReachedTable,
  { groups, channels, since, until }: Asked,
  terminal: Pick<Terminal, 'now'>,
): Promise<ReadReport> => {
  const { listDecisions, readChannelCounts } = await readsOf(reached, terminal);
  const [decisions, sizes, counts] = await Promise.all([
    Promise.all(
      groups.map(({ name: group }) => listDecisions({ group, since, most: MOST_DECISIONS })),
    ),
    readSizes((await reached.account.recorder()).readRanges, groups, { from: since, to: until }),
    readChannelCounts(
      channels.map(({ name }) => name),
      { since, until },
    ),
  ]);
  return {
    groups: groups.map((group, index) => {
      const known = sizes[index];
      return reportOn({
        group,
        decisions: decisions[index] ?? [],
        ...(known === undefined ? {} : { sizes: known }),
      });
    }),
    channels: channels.map(({ name }) => ({ channel: name, ...(counts.get(name) ?? NO_COUNTS) })),
    isCut: decisions.some(({ length }) => length >= MOST_DECISIONS),
  };
};
