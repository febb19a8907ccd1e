import type { ReachedTable } from '#cli/deployment/find-deployment.ts';
import { describePlace } from '#cli/output/place.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import type { Terminal } from '#cli/terminal.ts';
import { actOnOverride, isOverrideAction } from '#console/override/act-on-override.ts';
import { createPageSource, type PageSource } from '#console/source/page-source.ts';
import type { ConsolePorts } from '#console/source/ports.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { memberGroups } from '#domain/sweep/kept-membership.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';

type Deployed = Readonly<{
  reached: ReachedTable;
  configuration: Configuration;
  /** The length of the time line. */
  lengthMs: number;
  user: string;
  /** The heading of the page; `Tidegate` when absent. */
  title?: string;
}>;

/** The source of a page about a deployed stack: what `status`, `history` and `why` read, and the override commands. */
export const deployedSource = async (
  { reached, configuration, lengthMs, user, title = 'Tidegate' }: Deployed,
  terminal: Pick<Terminal, 'now'>,
): Promise<PageSource> => {
  const { account, table, place } = reached;
  const { now } = terminal;
  const reads = await readsOf(reached, terminal);
  const { readRanges } = await account.recorder();
  const overrides = account.overridesIn(table);

  const members = async (): Promise<readonly Group[]> =>
    configuration.fleets === undefined
      ? []
      : memberGroups(configuration, await reads.readAllMemberships());

  return createPageSource({
    title,
    subtitle: () => describePlace(place),
    now,
    since: () => now() - lengthMs,
    configuration: () => configuration,
    members,
    reads,
    readRanges: onceAMinute(readRanges),
    readOverride: overrides.read,
    controls: () => ({ user }),
    act: async (action) =>
      isOverrideAction(action)
        ? actOnOverride(action, {
            groups: [...configuration.groups, ...(await members())],
            overrides,
            user,
            now: now(),
          })
        : { isDone: false, text: 'only a simulated fleet has that: npm start -- --console' },
  });
};

/** CloudWatch has a new value once a minute, and each metric that is asked for costs: the answer is kept for so long. */
const onceAMinute = (readRanges: ConsolePorts['readRanges']): ConsolePorts['readRanges'] => {
  const kept = new Map<
    string,
    Readonly<{ minute: number; found: ReturnType<typeof readRanges> }>
  >();
  return (metrics, from, to) => {
    const key = JSON.stringify(metrics);
    const minute = minuteOf(to);
    const known = kept.get(key);
    if (known?.minute === minute) return known.found;
    const found = readRanges(metrics, from, to);
    kept.set(key, { minute, found });
    return found;
  };
};

const minuteOf = (at: Instant): number => Math.floor(at / MINUTE_MS);
