import type { GroupState } from '#domain/observed/group-state.ts';
import type { KeptMembership } from '#domain/sweep/kept-membership.ts';
import type { Membership } from '#domain/sweep/next-memberships.ts';
import type { Instant } from '#domain/time/instant.ts';
import { OUTCOME_TOPIC } from '../cloud.ts';
import type { HistoryEvent, Trip } from '../history.ts';
import { type Checker, type CheckWorld, type Judgement, unless } from './check-world.ts';
import { onCapacity, what } from './on-capacity.ts';

const carries = (
  tags: Readonly<Record<string, string>> | undefined,
  wanted: Readonly<Record<string, string>>,
): boolean => Object.entries(wanted).every(([key, value]) => tags?.[key] === value);

export const membersCarryTheirTags: Checker = {
  id: 'S80',
  promise: 'no member of a fleet is set that does not carry the tags of the fleet, as last read',
  watch: onCapacity((call) => {
    const { fleet } = call.group;
    if (fleet === undefined) return [];
    return unless(
      carries(call.seen?.tags, fleet.tags),
      () => `${what(call)}, which carries ${JSON.stringify(call.seen?.tags)}`,
    );
  }),
};

/** Some sweeps, some of which fail, and the messages that are under way meanwhile. */
const UNTIL_NOTICED_MS = 900_000;

export const contestedGroupsAreNobodys: Checker = {
  id: 'S81',
  promise:
    'a group that two fleets select is set by neither, once a sweep has had the time to see it',
  watch: (world) => {
    const since = new Map<string, Instant>();
    const setAt = new Map<string, Instant>();
    /** AWS refused to list groups then: no sweep can see who selects them. */
    let blindAt = 0;
    const contestedSince = (name: string, at: Instant): Instant => {
      const isContested = selecting(world, name).length > 1;
      const from = isContested ? Math.min(at, since.get(name) ?? at) : Number.POSITIVE_INFINITY;
      since.set(name, from);
      return from;
    };
    const look = (at: Instant): readonly Judgement[] =>
      candidates(world).flatMap((name) => {
        const noticedAt = Math.max(contestedSince(name, at), blindAt) + UNTIL_NOTICED_MS;
        if (at < noticedAt) return [];
        return unless((setAt.get(name) ?? 0) < noticedAt, () => {
          return `${name} was set at ${setAt.get(name)}, which two fleets select since ${since.get(name)}`;
        });
      });
    return {
      onEvent: (event) => {
        if (event.kind === 'applying' && event.trip.action === 'SetDesiredCapacity') {
          setAt.set((event.trip.input as Readonly<{ name: string }>).name, event.at);
        }
        const isListed = event.kind === 'answered' && event.trip.action === LISTING;
        if (isListed && event.error !== undefined) blindAt = event.at;
        const isSwept = event.kind === 'ended' && event.invocation.functionName === 'sweep';
        return isSwept ? look(event.at) : [];
      },
    };
  },
};

const candidates = ({ cloud }: CheckWorld): readonly string[] => cloud.autoScaling.tagged();

const selecting = (
  { cloud, configuration }: CheckWorld,
  name: string,
): readonly Readonly<{ name: string }>[] => {
  const { tags, isManaged = false, isBeingDeleted = true } = cloud.autoScaling.truth(name) ?? {};
  if (!isManaged || isBeingDeleted) return [];
  return (configuration().fleets ?? []).filter((fleet) => carries(tags, fleet.tags));
};

const LISTING = 'DescribeAutoScalingGroups by tag';
const ASKING = 'DescribeAutoScalingGroups';
const WRITING = 'PutItem of a member';

/** A group as a sweep was told of it; one that was asked for by name may not be there. */
type Sight = Readonly<{ name: string; state: GroupState | undefined }>;

/** Sights of an answer: pages show groups, and who is asked for by name is there or not. */
const sightsIn = (event: HistoryEvent): readonly Sight[] => {
  if (event.kind !== 'answered' || event.error !== undefined) return [];
  const { action, input } = event.trip;
  if (action === ASKING) {
    const states = event.answer as ReadonlyMap<string, GroupState>;
    return (input as readonly string[]).map((name) => ({ name, state: states.get(name) }));
  }
  if (action !== LISTING) return [];
  const pages = event.answer as readonly (readonly GroupState[])[];
  return (pages[Number(input)] ?? []).map((state) => ({ name: state.autoScalingGroup, state }));
};

/** The fleet that a write lets a member go from because no listing shows it any more. */
const lossIn = ({ cloud }: CheckWorld, { input }: Trip): string | undefined => {
  const next = input as KeptMembership;
  const before = cloud.scaleLedger.table.find('MEMBERS', next.autoScalingGroup)?.body?.S;
  const { fleets = [] } = JSON.parse(before ?? '{}') as Partial<Membership>;
  const isLoss = next.untold.some(
    (change) => change.kind === 'left' && change.because === 'unlisted',
  );
  return isLoss && fleets.length === 1 && next.fleets.length === 0 ? fleets[0] : undefined;
};

/** Work that a frozen environment takes up again goes by what it saw before. */
const REMEMBERED_MS = 900_000;

export const nobodyLeavesUnseen: Checker = {
  id: 'S82',
  promise:
    'a member leaves only when AWS showed it without its tags, or did not know it by its name',
  watch: (world) => {
    const lackedAt = new Map<string, Instant>();
    const follow = (at: Instant, { name, state }: Sight): void => {
      for (const fleet of world.configuration().fleets ?? []) {
        const isOurs = state?.isManaged === true && !state.isBeingDeleted;
        if (!isOurs || !carries(state.tags, fleet.tags)) lackedAt.set(`${fleet.name}/${name}`, at);
      }
    };
    return {
      onEvent: (event) => {
        for (const sight of sightsIn(event)) follow(event.at, sight);
        if (event.kind !== 'applying' || event.trip.action !== WRITING) return [];
        const fleet = lossIn(world, event.trip);
        if (fleet === undefined) return [];
        const { autoScalingGroup } = event.trip.input as KeptMembership;
        const ago = event.at - (lackedAt.get(`${fleet}/${autoScalingGroup}`) ?? 0);
        return unless(ago < REMEMBERED_MS, () => {
          return `${event.trip.invocation.id} let ${autoScalingGroup} go, which it had not seen without its tags`;
        });
      },
    };
  },
};

type Told = Readonly<{ kind: string; decisionId: string; at: Instant; reason: string }>;

const membershipIn = (event: HistoryEvent): (Told & { autoScalingGroup: string }) | undefined => {
  if (event.kind !== 'published' || event.topic !== OUTCOME_TOPIC) return undefined;
  const outcome = JSON.parse(event.message) as Told & { autoScalingGroup: string };
  return outcome.kind === 'membership' ? outcome : undefined;
};

export const membershipIsToldOnce: Checker = {
  id: 'S83',
  promise:
    'a group that joins or leaves is told of once: what is published twice has the same id and time',
  watch: () => {
    const last = new Map<string, Told>();
    return {
      onEvent: (event) => {
        const told = membershipIn(event);
        if (told === undefined || told.reason === 'FleetsContested') return [];
        const before = last.get(told.autoScalingGroup);
        // Untold news of before may come after newer news, under the id and the time that it had.
        if (before !== undefined && told.at < before.at) return [];
        last.set(told.autoScalingGroup, told);
        const isSame = before?.decisionId === told.decisionId;
        return unless(
          !isSame || before?.at === told.at,
          () => `${told.decisionId} was told at ${before?.at}, and again at ${told.at}`,
        );
      },
    };
  },
};

export const membershipIsRight: Checker = {
  id: 'L70',
  promise:
    'once it is quiet the members of each fleet are the groups that carry its tags, and all is told',
  watch: (world) => ({
    atEnd: () =>
      candidates(world).flatMap((name) => {
        const body = world.cloud.scaleLedger.table.find('MEMBERS', name)?.body?.S;
        const { fleets = [], untold = [] } = JSON.parse(body ?? '{}') as Partial<KeptMembership>;
        const wanted = selecting(world, name).map((fleet) => fleet.name);
        return [
          ...unless(
            fleets.join() === wanted.join(),
            () =>
              `${name} is kept as of ${fleets.join() || 'no fleet'}, and its tags say ${wanted.join() || 'none'}`,
          ),
          ...unless(untold.length === 0, () => `of ${name} something is untold`),
        ];
      }),
  }),
};
