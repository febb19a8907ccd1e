import { observeStatus } from '#app/status/observe-status.ts';
import {
  configured,
  configuredAt,
  type ReachedTable,
  reachTable,
} from '#cli/deployment/find-deployment.ts';
import { groupsMeant } from '#cli/deployment/groups-meant.ts';
import {
  amongMany,
  failureOfListed,
  type Listing,
  optionsOfListed,
} from '#cli/deployments/listed.ts';
import type { SeveralOptions } from '#cli/deployments/several-options.ts';
import { describePlace } from '#cli/output/place.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import type { Terminal } from '#cli/terminal.ts';
import type { DeploymentSeen } from '#console/page/deployments.ts';
import type { DeploymentReading } from '#console/source/overview.ts';
import { noticesOf, type PageSource } from '#console/source/page-source.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { countGroups, newestChangeIn } from '#domain/status/count-groups.ts';
import { deployedSource } from './deployed-source.ts';

/** A deployment of the list as the console shows it. */
export type ListedConsole = Readonly<{
  name: string;
  place: string;
  /** Looks at it for the front page: what `status --all` reads. It never throws. */
  read: () => Promise<DeploymentReading>;
  /** The source of its own page, which reads nothing before somebody opens that. */
  page: PageSource;
}>;

type About = Readonly<{
  listing: Listing;
  file: string;
  options: SeveralOptions;
  /** The length of the time line. */
  lengthMs: number;
  user: string;
}>;

/** Prepares a deployment of the list, and asks it nothing yet. One that is not reached is tried again at the next look. */
export const listedConsole = (about: About, terminal: Terminal): ListedConsole => {
  const { listing, file, options, lengthMs, user } = about;
  const own = amongMany(terminal);
  const reach = untilReached(() => reachListed(optionsOfListed(listing, options), own));
  const openPage = untilReached(async () => {
    const title = listing.name;
    return deployedSource({ ...(await reach()), lengthMs, user, title }, own);
  });
  const failure = (thrown: unknown) => failureOfListed(thrown, { listing, file, terminal });
  let place: string | undefined;

  const read = async (): Promise<DeploymentReading> => {
    try {
      const reached = await reach();
      place = describePlace(reached.reached.place);
      return { place, seen: await lookAt(reached, own) };
    } catch (thrown) {
      const { message, help, frames } = failure(thrown);
      const more = { ...(help === undefined ? {} : { help }), ...(frames ? { frames } : {}) };
      return { place, failure: { message, ...more } };
    }
  };
  return {
    name: listing.name,
    place: placeSaid(listing),
    read,
    page: pageOf(openPage, (thrown) => {
      const { message, help } = failure(thrown);
      return new Error(help === undefined ? message : `${message}; ${help}`, { cause: thrown });
    }),
  };
};

const placeSaid = ({ region, stage }: Listing): string =>
  `${stage === undefined ? 'the only stage' : `stage ${stage}`}, in ${region}`;

type Reached = Readonly<{ reached: ReachedTable; configuration: Configuration }>;

const reachListed = async (options: SeveralOptions, terminal: Terminal): Promise<Reached> => {
  // A mistake in the file needs no AWS to be told.
  configured(options, terminal);
  const reached = await reachTable(options, terminal);
  return { reached, configuration: configuredAt(reached.place, options, terminal) };
};

const lookAt = async (
  { reached, configuration }: Reached,
  terminal: Terminal,
): Promise<DeploymentSeen> => {
  const reads = await readsOf(reached, terminal);
  const { groups, left } = await groupsMeant(reads, configuration, undefined);
  const status = await observeStatus(reads, configuration, groups);
  const lastChange = newestChangeIn(status.groups);
  const now = terminal.now();
  return {
    at: now,
    counts: countGroups(status.groups),
    left,
    ...(lastChange === undefined ? {} : { lastChange }),
    notices: noticesOf(status, now),
  };
};

/** Keeps what was reached, and tries again after a failure. */
const untilReached = <T>(reach: () => Promise<T>): (() => Promise<T>) => {
  let kept: Promise<T> | undefined;
  return () => {
    kept ??= reach().catch((thrown) => {
      kept = undefined;
      throw thrown;
    });
    return kept;
  };
};

/** The page of a deployment that is reached when somebody opens it; its errors say what to do. */
const pageOf = (
  open: () => Promise<PageSource>,
  explained: (thrown: unknown) => Error,
): PageSource => {
  const on = async <T>(work: (source: PageSource) => Promise<T>): Promise<T> => {
    try {
      return await work(await open());
    } catch (thrown) {
      throw explained(thrown);
    }
  };
  return {
    look: () => on((source) => source.look()),
    tell: (group, id) => on((source) => source.tell(group, id)),
    act: (action) => on((source) => source.act(action)),
  };
};
