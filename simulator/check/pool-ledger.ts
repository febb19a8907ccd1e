import type { Group } from '#domain/configuration/configuration.ts';
import type { CapacityDecision } from '#domain/ledger/decision.ts';
import type { ScaleHead } from '#domain/ledger/head.ts';
import type { Answer } from '#domain/ledger/outcome.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/time/instant.ts';
import type { HistoryEvent, Invocation } from '../history.ts';
import {
  type Checker,
  type CheckWorld,
  groupBy,
  type Judgement,
  SKEW_MS,
  unless,
} from './check-world.ts';
import { type Applying, isWon, writeOf } from './ledger.ts';
import { ofEachGroup } from './liveness.ts';
import { holds } from './narrowed.ts';
import { onPool, whatOfPool } from './on-pool.ts';

export const poolsAreSetAsPlanned: Checker = {
  id: 'S53',
  promise: 'only the planned limit of a warm pool is set, and by whoever claimed the plan last',
  watch: (world) => {
    const holders = new Map<string, string>();
    const judge = onPool((call) => {
      const { plan, limit, isReused, group, trip } = call;
      const isPlanned = plan?.pool?.to === limit && plan.pool.isReused === isReused;
      const holder = holders.get(group.name) ?? '';
      return unless(isPlanned && holder === trip.invocation.id, () => {
        return `${whatOfPool(call)}, and ${holder || 'nobody'} holds a plan of ${plan?.pool?.to ?? 'none'}`;
      });
    })(world);
    return {
      onEvent: (event) => {
        const write = writeOf(event);
        const isOfScale =
          event.kind === 'applying' && event.trip.invocation.functionName === 'scale';
        if (write && isOfScale && isWon(world, event, write)) {
          holders.set(write.group, write.head.inFlight ? event.trip.invocation.id : '');
        }
        return judge.onEvent?.(event) ?? [];
      },
    };
  },
};

/** Capacities that are still to be set after the refusal of a pool, by invocation and Auto Scaling group. */
type Owed = Map<string, Map<string, number>>;

export const refusedPoolsStopNothing: Checker = {
  id: 'S54',
  promise: 'a warm pool that AWS refuses keeps back no capacity that is planned with it',
  watch: (world) => {
    const owed: Owed = new Map();
    return {
      onEvent: (event) => {
        if (event.kind === 'answered') owe(world, owed, event);
        if (event.kind === 'failed') owed.delete(event.invocation.id);
        // AWS, too, may refuse it: what matters is that it is asked for.
        if (event.kind === 'answered' || event.kind === 'applying') return paid(owed, event);
        return event.kind === 'ended' ? stillOwed(owed, event.invocation) : [];
      },
    };
  },
};

const owe = (
  { cloud, configurationOf }: CheckWorld,
  owed: Owed,
  { trip, answer }: Extract<HistoryEvent, { kind: 'answered' }>,
): void => {
  if (trip.action !== 'PutWarmPool') return;
  const { name } = trip.input as Readonly<{ name: string }>;
  const group = groupBy(configurationOf(trip.invocation), name);
  const plan = group && cloud.scaleLedger.head(group.name)?.inFlight?.decision;
  const isRefused = (answer as Answer | undefined)?.kind === 'refused';
  if (!isRefused || plan === undefined || plan.to >= plan.from) return;
  const { id } = trip.invocation;
  owed.set(id, new Map(owed.get(id)).set(name, plan.to));
};

const paid = (
  owed: Owed,
  { trip }: Extract<HistoryEvent, { kind: 'applying' | 'answered' }>,
): readonly Judgement[] => {
  if (trip.action !== 'SetDesiredCapacity') return [];
  const { name } = trip.input as Readonly<{ name: string }>;
  return owed.get(trip.invocation.id)?.delete(name) ? [true] : [];
};

const stillOwed = (owed: Owed, { id }: Invocation): readonly Judgement[] => {
  const left = [...(owed.get(id) ?? [])];
  owed.delete(id);
  return left.map(([name, to]) => `${id} never set ${name} to ${to}: its pool was refused`);
};

export const refusedPoolsRest: Checker = {
  id: 'S55',
  promise:
    'a warm pool that AWS refused is asked for again after a minute, and after four times as long each time',
  watch: onPool((call) => {
    const { head, plan, at, isReissue } = call;
    const refused = head?.poolRefused;
    if (refused === undefined) return [];
    const seconds = Math.min(86_400, 60 * 4 ** (refused.refusals - 1));
    // A plan that is issued again is decided again, when it is issued.
    const decidedAt = isReissue ? at + SKEW_MS : (plan?.at ?? at);
    const after = decidedAt - refused.at;
    return unless(after >= seconds * SECOND_MS, () => {
      return `${whatOfPool(call)} ${after} ms after the refusal ${refused.refusals}`;
    });
  }),
};

export const nobodyGetsAPoolUnasked: Checker = {
  id: 'S56',
  promise: 'of a group that asks for no warm pool none is read, planned or set',
  watch: (world) => ({
    onEvent: (event) =>
      event.kind === 'applying' ? [...judgeUse(world, event), ...judgeMemory(world, event)] : [],
  }),
};

const judgeUse = (
  { configurationOf }: CheckWorld,
  { trip: { action, input, invocation } }: Applying,
): readonly Judgement[] => {
  if (action !== 'DescribeWarmPool' && action !== 'PutWarmPool') return [];
  const name = action === 'PutWarmPool' ? (input as { name: string }).name : String(input);
  const isAsked = groupBy(configurationOf(invocation), name)?.warmPool !== undefined;
  return unless(isAsked, () => `${invocation.id} ${action} of ${name}, which asks for none`);
};

const judgeMemory = ({ configurationOf }: CheckWorld, event: Applying): readonly Judgement[] => {
  const { invocation } = event.trip;
  const write = invocation.functionName === 'scale' ? writeOf(event) : undefined;
  const { groups } = configurationOf(invocation);
  const group = groups.find(({ name }) => name === write?.group);
  if (write === undefined || group === undefined || group.warmPool !== undefined) return [];
  return unless(!plansPool(write.head as ScaleHead, write.entry), () => {
    return `${invocation.id} wrote down a warm pool of ${group.name}, which asks for none`;
  });
};

const plansPool = ({ inFlight, prepared, lastPool }: ScaleHead, entry: unknown): boolean => {
  const { decision } = (entry ?? {}) as Readonly<{ decision?: CapacityDecision }>;
  return [inFlight?.decision.pool, prepared, lastPool, decision?.pool].some(
    (each) => each !== undefined,
  );
};

/** A schedule that moves a bound just now is followed at the next look. */
const PATIENCE_MS = 4 * MINUTE_MS + SKEW_MS;

export const poolsEndWithinBounds: Checker = {
  id: 'L62',
  promise: 'once it is quiet the limit of a warm pool holds the group, within its own maximum',
  watch: ofEachGroup((group, world) => {
    const { autoScaling } = world.cloud;
    const state = autoScaling.truth(group.autoScalingGroup);
    const limit = autoScaling.pool(group.autoScalingGroup)?.settings?.prepared;
    if (state === undefined || limit === undefined || !isSized(group, world)) return [];

    const { capacityDesired, capacityMax } = state;
    const most = Math.max(capacityDesired, capacityMax);
    return unless(limit >= capacityDesired && limit <= most, () => {
      return `the limit of ${group.name} is ${limit}, with ${capacityDesired} of at most ${capacityMax}`;
    });
  }),
};

/** Its pool is one of ours that nothing keeps as it is. */
const isSized = ({ name, warmPool, autoScalingGroup }: Group, world: CheckWorld): boolean => {
  const { autoScaling, scaleLedger, overrides } = world.cloud;
  const head = scaleLedger.head(name);
  const state = autoScaling.truth(autoScalingGroup);
  const isTried = head?.lastPool !== undefined && head.poolRefused === undefined;
  if (warmPool === undefined || !isTried || state === undefined) return false;

  const now = world.timeline.now();
  const override = overrides.get(name);
  const isPaused =
    override?.kind === 'pause' &&
    [now, now - PATIENCE_MS].some((moment) => holds(override, moment));
  const isOurs = state.isManaged && !state.isBeingDeleted;
  const isFree = state.suspendedProcesses.length === 0 && !isPaused;
  return isOurs && isFree && autoScaling.underWay(autoScalingGroup).length === 0;
};
