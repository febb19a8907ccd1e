import type { HopPorts } from '#app/lane/drill-ports.ts';
import { asError } from '#domain/basics/as-error.ts';
import { asIfFiring } from '#domain/capacity/as-if-firing.ts';
import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';
import { type Disposition, done } from '#domain/lane/disposition.ts';
import { isUnseen } from '#domain/lane/unseen.ts';
import { type DrillMessage, type DrillNews, rehearsalOf } from '#domain/ledger/drill.ts';
import type { Instant } from '#domain/time/instant.ts';
import { observeGroups } from './observe-groups.ts';
import type { ScaleReads } from './ports.ts';
import { readOnDemand } from './read-on-demand.ts';

/** The reads of an evaluation, and two ways to say what came of it. There is no port here that could change a group. */
export type ScaleDrillPorts = Omit<ScaleReads, 'now'> &
  HopPorts &
  Readonly<{
    configuration: Pick<Configuration, 'groups'>;
    /** Publishes the news of a drill on the outcome topic. */
    publishDrill: (news: DrillNews) => Promise<void>;
  }>;

/**
 * Decides in full what the messages of drills would lead to, and carries nothing out. Each decision is written down
 * beside the drill, and that of an alarm is told. A group that cannot be seen holds up its own drills and no other.
 */
export const drillGroups =
  (ports: ScaleDrillPorts) =>
  (messages: readonly DrillMessage[]): Promise<readonly Disposition[]> =>
    Promise.all(
      messages.map((message) =>
        drillOne(ports, message).catch(
          (thrown: unknown): Disposition => ({ kind: 'retry', error: asError(thrown) }),
        ),
      ),
    );

const drillOne = async (ports: ScaleDrillPorts, message: DrillMessage): Promise<Disposition> => {
  const { keepHop, now } = ports;
  const { drill, about } = message;
  const receivedAt = now();
  const groups = groupsOf(ports.configuration, about);
  if (groups.length === 0) {
    await keepHop({ drill, hop: 'scale', receivedAt, at: now(), detail: nothingBoundTo(about) });
    return done;
  }

  const observed = await observeGroups(ports, groups);
  for (const seen of observed) {
    if (!isUnseen(seen)) await rehearse(ports, { message, receivedAt }, seen);
  }
  const unseen = observed.find((seen) => isUnseen(seen));
  return unseen === undefined ? done : { kind: 'retry', error: unseen.error };
};

type Arrival = Readonly<{ message: DrillMessage; receivedAt: Instant }>;

const rehearse = async (
  ports: ScaleDrillPorts,
  { message: { drill, about }, receivedAt }: Arrival,
  seen: Observation,
): Promise<void> => {
  const supposed = 'alarm' in about ? asIfFiring(seen, about.alarm) : seen;
  const observation = await readOnDemand(ports, supposed, decideCapacity(supposed));
  const would = rehearsalOf(decideCapacity(observation));
  const at = ports.now();
  await ports.keepHop({ drill, hop: 'scale', group: would.group, receivedAt, at, would });
  if ('alarm' in about) await ports.publishDrill({ kind: 'drill', drill, at, would });
};

const groupsOf = (
  { groups }: ScaleDrillPorts['configuration'],
  about: DrillMessage['about'],
): readonly Group[] =>
  groups.filter(({ name, rules }) =>
    'group' in about ? name === about.group : alarmsOf(rules).includes(about.alarm),
  );

const nothingBoundTo = (about: DrillMessage['about']): string =>
  'group' in about
    ? `no group named ${about.group} is deployed`
    : `no deployed rule is bound to the alarm ${about.alarm}`;
