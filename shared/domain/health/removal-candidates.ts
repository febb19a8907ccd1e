import { type Instance, isReplaceable } from '#domain/observed/group-state.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { type HealthObservation, keyOf, ownTargets, type Target } from './health-observation.ts';
import { isLeftAlone } from './probation.ts';
import { graceSecondsOf, isCounted, isFailing } from './sightings.ts';

/** A candidate failed for long enough and may be touched: a member of the group, or one target of no member. */
export type RemovalCandidate = Readonly<{
  id: string;
  member?: Instance;
  /** Targets to be taken out: all registrations of a member. */
  targets: readonly Target[];
  /** One of them that fails, and since when it is known to. */
  failing: Target;
  since: Instant;
}>;

/** The candidates of a group, longest-failing first. */
export const findCandidates = (observation: HealthObservation): readonly RemovalCandidate[] => {
  const targets = ownTargets(observation);
  const { state } = observation;
  const ids = new Set(targets.filter((target) => isFailing(target)).map(({ id }) => id));
  const members = new Map(state?.instances.map((instance) => [instance.id, instance]));
  const registrations = new Map<string, Target[]>([...ids].map((id) => [id, []]));
  for (const target of targets) if (isCounted(target)) registrations.get(target.id)?.push(target);

  return [...registrations]
    .flatMap(([id, registered]) => {
      const member = members.get(id);
      return member === undefined
        ? registered.flatMap((target) => candidateOf(observation, [target]))
        : candidateOf(observation, registered, member);
    })
    .toSorted((a, b) => a.since - b.since || (keyOf(a.failing) < keyOf(b.failing) ? -1 : 1));
};

const candidateOf = (
  observation: HealthObservation,
  targets: readonly Target[],
  member?: Instance,
): readonly RemovalCandidate[] => {
  const { head, now } = observation;
  if (member !== undefined && !isTouchable(observation, member)) return [];
  if (targets.some((target) => isLeftAlone(head.probations[keyOf(target)], now))) return [];

  const failing = targets.flatMap((target) => {
    const since = sickSince(observation, target);
    return since === undefined ? [] : [{ target, since }];
  });
  const [first] = failing.toSorted((a, b) => a.since - b.since);
  const isSick =
    observation.group.health.unhealthyIn === 'any' || failing.length === targets.length;
  if (first === undefined || !isSick) return [];

  const { id } = first.target;
  const candidate = { id, targets, failing: first.target, since: first.since };
  return [member === undefined ? candidate : { ...candidate, member }];
};

/** Since when a target fails, if that is long enough. */
const sickSince = (
  { head, now, group }: HealthObservation,
  target: Target,
): Instant | undefined => {
  const since = isFailing(target) ? head.sightings[keyOf(target)] : undefined;
  const waitMs = group.health.unhealthyForSeconds * SECOND_MS;
  return since === undefined || now - since < waitMs ? undefined : since;
};

/** Members that are new, starting, standing by, leaving, protected or already marked unhealthy are left alone. */
const isTouchable = (observation: HealthObservation, member: Instance): boolean =>
  isReplaceable(member) && !isNew(observation, member);

/** Auto Scaling ignores a mark within the grace period: out of traffic, it would serve nobody for ever. */
const isNew = (observation: HealthObservation, { id }: Instance): boolean => {
  const { launches = {}, now } = observation;
  const since = launches[id];
  return since !== undefined && now - since < graceSecondsOf(observation) * SECOND_MS;
};
