import type { FlappingBehavior } from '#domain/configuration/behavior.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, SKEW_MS, unless } from './check-world.ts';
import { isWon, writeOf } from './ledger.ts';
import { publishedIn } from './news.ts';
import { isCorrection, onCapacity, what } from './on-capacity.ts';
import { createStruckGroups } from './struck-groups.ts';

/** A change that AWS took, as the ledger closed it. */
type Applied = Readonly<{ at: Instant; isOut: boolean; isTurning: boolean }>;

/** A flap as a person with a pencil would find it in the list of changes, and its reversals from the one that made it one. */
type Flap = Readonly<{ lastAt: Instant; reversals: number }>;

/** Follows the changes of all groups; those of rules may be reversals, all begin a cooldown. */
const createChanges = (world: CheckWorld) => {
  const changes = new Map<string, readonly Applied[]>();
  const isByRules = ({ reason, rule, group }: CapacityDecision): boolean => {
    const rules = world.configuration().groups.find(({ name }) => name === group)?.rules ?? [];
    const kind = rules.find(({ name }) => name === rule)?.kind;
    return (reason === 'ScaledOut' || reason === 'ScaledIn') && kind !== 'schedule';
  };

  return {
    of: (group: string): readonly Applied[] => changes.get(group) ?? [],
    follow: (event: HistoryEvent): void => {
      const write = writeOf(event);
      const entry = write?.entry;
      if (write === undefined || entry?.kind !== 'close' || entry.status !== 'applied') return;
      const { decision, settledAt } = entry;
      if (decision.kind !== 'capacity' || !isWon(world, event, write)) return;
      // A warm pool that was sized alone begins no cooldown.
      if (decision.from === decision.to) return;

      const [isOut, isTurning] = [decision.to > decision.from, isByRules(decision)];
      const earlier = changes.get(decision.group) ?? [];
      changes.set(decision.group, [...earlier, { at: settledAt, isOut, isTurning }]);
    },
  };
};

/** All flaps in a list of changes, the last of which may have ended long ago. */
const flapsIn = (
  changes: readonly Applied[],
  { reversals: needed, withinSeconds }: FlappingBehavior,
): readonly Flap[] => {
  const within = withinSeconds * 1_000;
  const byRules = changes.filter(({ isTurning }) => isTurning);
  const turns = byRules
    .filter(({ isOut }, index) => index > 0 && byRules[index - 1]?.isOut !== isOut)
    .map(({ at }) => at);
  const flaps: Flap[] = [];
  for (const [index, at] of turns.entries()) {
    const open = flaps.at(-1);
    if (open !== undefined && at - open.lastAt < within) {
      flaps[flaps.length - 1] = { lastAt: at, reversals: open.reversals + 1 };
    } else if (at - (turns[index - needed + 1] ?? Number.NEGATIVE_INFINITY) < within) {
      flaps.push({ lastAt: at, reversals: 1 });
    }
  }
  return flaps;
};

/** The shortest cooldown of scale-in that a group may have at a time, in seconds. */
const cooldownAt = ({ behavior }: Group, changes: readonly Applied[], now: Instant): number => {
  const { flapping, scaleIn } = behavior;
  const usual = scaleIn.cooldownSeconds;
  if (flapping === undefined) return usual;
  const flap = flapsIn(changes, flapping).at(-1);
  if (flap === undefined || now - flap.lastAt >= flapping.withinSeconds * 1_000) return usual;
  const doubled = Math.max(usual, 60) * 2 ** flap.reversals;
  return Math.max(usual, Math.min(doubled, flapping.longestCooldownSeconds));
};

export const flapsAreDamped: Checker = {
  id: 'S32',
  promise: 'the more often rules turn a group round, the longer its scale-in waits',
  watch: (world) => {
    const changes = createChanges(world);
    const wrongClocks = createStruckGroups('F39');
    const judge = onCapacity((call) => {
      const { plan, isReissue, capacity, group } = call;
      if (wrongClocks.has(group.name)) return [];
      if (isReissue || plan === undefined || capacity >= plan.from || isCorrection(call)) return [];
      const past = changes.of(group.name);
      const seconds = cooldownAt(group, past, plan.at);
      if (seconds <= group.behavior.scaleIn.cooldownSeconds) return [];

      const gap = plan.at - (past.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
      return unless(gap >= seconds * 1_000 - SKEW_MS, () => {
        return `${what(call)} ${gap} ms after the change before it; for a flap it waits ${seconds} s`;
      });
    })(world);

    return {
      onEvent: (event) => {
        const found = judge.onEvent?.(event) ?? [];
        changes.follow(event);
        wrongClocks.follow(event);
        return found;
      },
    };
  },
};

export const flapsAreToldOnce: Checker = {
  id: 'S33',
  promise: 'people are told of a flap, once for each',
  watch: (world) => {
    const changes = createChanges(world);
    const told = new Map<string, Set<string>>();
    const wrongClocks = createStruckGroups('F39');
    const isTold = (event: HistoryEvent): string | undefined => {
      const outcome = publishedIn(event);
      if (outcome?.kind !== 'flapping') return undefined;
      const { group, decisionId } = outcome;
      told.set(group, (told.get(group) ?? new Set()).add(decisionId));
      return group;
    };
    const flapsOf = (name: string): number => {
      const group = world.configuration().groups.find((each) => each.name === name);
      const behavior = group?.behavior.flapping;
      return behavior === undefined ? 0 : flapsIn(changes.of(name), behavior).length;
    };

    return {
      onEvent: (event) => {
        changes.follow(event);
        wrongClocks.follow(event);
        const group = isTold(event);
        if (group === undefined || wrongClocks.has(group)) return [];
        const [news, flaps] = [told.get(group)?.size ?? 0, flapsOf(group)];
        return unless(news <= flaps, () => {
          return `${group} was told to flap for the ${news}th time, and did so ${flaps} times`;
        });
      },
    };
  },
};
