import type {
  DeploymentCard,
  DeploymentFailure,
  DeploymentSeen,
  DeploymentsData,
} from '#console/page/deployments.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';

/** A deployment of the front page, and the read that looks at it; the read must not throw. */
export type WatchedDeployment = Readonly<{
  name: string;
  /** The place as far as the list says it. */
  place: string;
  read: () => Promise<DeploymentReading>;
}>;

/** The answer of a deployment, with its place once that was found out. */
export type DeploymentReading = Readonly<{ place?: string | undefined }> &
  (Readonly<{ seen: DeploymentSeen }> | Readonly<{ failure: DeploymentFailure }>);

export type OverviewPorts = Readonly<{
  title: string;
  subtitle: string;
  now: () => Instant;
  deployments: readonly WatchedDeployment[];
}>;

/** A deployment is read again no sooner than so long after its last read has ended: as often as its sweep looks. */
const REST_MS = MINUTE_MS;
/** So many deployments are read at a time: each keeps a dozen connections busy. */
const AT_A_TIME = 8;
/** Nobody has the front page open that has not asked for so long: then no read begins. */
const OPEN_MS = 10_000;

type Kept = {
  readonly watched: WatchedDeployment;
  card: DeploymentCard;
  isReading: boolean;
  endedAt: Instant | undefined;
};

/**
 * The front page of several deployments. A look answers at once with what is known, and begins the reads that are due:
 * each deployment at most once a minute, eight at a time, and none while nobody looks.
 */
export const createOverview = ({
  title,
  subtitle,
  now,
  deployments,
}: OverviewPorts): (() => Promise<DeploymentsData>) => {
  const all = deployments.map(keep);
  let askedAt = 0;

  const beginReads = (): void => {
    if (now() - askedAt > OPEN_MS) return;
    const free = AT_A_TIME - all.filter(({ isReading }) => isReading).length;
    for (const kept of dueIn(all, now()).slice(0, free)) {
      readInto(kept, now).then(beginReads, beginReads);
    }
  };

  return async () => {
    askedAt = now();
    beginReads();
    return { title, subtitle, now: now(), deployments: all.map(({ card }) => card) };
  };
};

const keep = (watched: WatchedDeployment): Kept => ({
  watched,
  card: { name: watched.name, place: watched.place },
  isReading: false,
  endedAt: undefined,
});

/** The deployments whose read is due, the longest unread first. */
const dueIn = (all: readonly Kept[], now: Instant): readonly Kept[] =>
  all
    .filter(
      ({ isReading, endedAt }) => !isReading && (endedAt === undefined || now - endedAt >= REST_MS),
    )
    .toSorted((one, other) => (one.endedAt ?? 0) - (other.endedAt ?? 0));

const readInto = async (kept: Kept, now: () => Instant): Promise<void> => {
  kept.isReading = true;
  try {
    kept.card = cardAfter(kept.card, await kept.watched.read());
  } finally {
    kept.isReading = false;
    kept.endedAt = now();
  }
};

/** A read that fails leaves what was seen before, which says how old it is. */
const cardAfter = (
  { name, place: known, seen }: DeploymentCard,
  reading: DeploymentReading,
): DeploymentCard => {
  const place = reading.place ?? known;
  if ('seen' in reading) return { name, place, seen: reading.seen };
  const { failure } = reading;
  return seen === undefined ? { name, place, failure } : { name, place, seen, failure };
};
