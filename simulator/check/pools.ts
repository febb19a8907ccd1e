import { isRefused, type Metric } from '#domain/configuration/metric.ts';
import type { ForecastRule } from '#domain/configuration/rule.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { type Checker, type Judgement, SKEW_MS, unless } from './check-world.ts';
import { holds } from './narrowed.ts';
import { limitSeen, mostPrepared, onPool, type PoolCall, whatOfPool } from './on-pool.ts';
import { lateMinutes } from './reference-forecast.ts';
import { claimedOf, preparedFor, votingForecasts } from './reference-pool.ts';

export const poolsStayWithinBounds: Checker = {
  id: 'S50',
  promise: 'the limit of a warm pool lies between the capacity and the maximum, as last read',
  watch: onPool((call) => {
    const { limit, capacity } = call;
    const [, most] = mostPrepared(call);
    return unless(
      limit >= capacity && limit <= most,
      () => `${whatOfPool(call)}, outside ${capacity} to ${most}`,
    );
  }),
};

/** Instances that are stopped, or that the call's own capacity stops, at the least and at the most. */
const stoppedIn = (call: PoolCall): readonly [least: number, most: number] => {
  const { pool, plan, capacity, seen, head, at, isReused } = call;
  const from = plan?.from ?? capacity;
  const shown = (pool?.ready ?? 0) + (pool?.warming ?? 0);
  const last = head?.lastPool;
  const asked = last !== undefined && at - last.at < FRESH_MS ? last.to - from : 0;
  const taken = Math.max(0, capacity - from);
  const put = isReused ? Math.max(0, from - capacity) : 0;
  const least = Math.max(0, shown - claimedOf(seen, from) - taken) + put;
  return [least, Math.max(0, Math.max(shown, asked) - taken) + put];
};

/** A read may show a pool as it was before our own last change of it, for so long. */
const FRESH_MS = 2 * MINUTE_MS + SKEW_MS;
const KEPT_MS = 40 * MINUTE_MS;

/** The largest capacity that should have been prepared within the last forty minutes. */
const largestWithin = ({ head, plan, at }: PoolCall): number => {
  const prepared = head?.prepared ?? [];
  const begin = (plan?.at ?? at) - KEPT_MS;
  const first = Math.max(
    0,
    prepared.findLastIndex((each) => each.at <= begin),
  );
  return Math.max(0, ...prepared.slice(first).map(({ capacity }) => capacity));
};

export const poolsPrepareWhatIsNeeded: Checker = {
  id: 'S51',
  promise:
    'a warm pool is asked for what is needed now, or for what it has of what was needed within forty minutes',
  watch: onPool((call) => {
    const { isReissue, plan, group, view, capacity, limit } = call;
    if (isReissue || plan === undefined) return [];
    const { units, isUncertain } = preparedFor({ group, view, now: plan.at });
    const [least, most] = mostPrepared(call);
    const needed = Math.max(capacity, units);
    const largest = largestWithin(call);
    const [stays, has] = stoppedIn(call);
    const before = isUncertain
      ? Math.max(largest, call.head?.lastPool?.to ?? 0, limitSeen(call) ?? 0)
      : 0;
    const upper = Math.min(most, Math.max(needed, Math.min(largest, capacity + has), before));
    const lower = Math.min(least, Math.max(needed, Math.min(largest, capacity + stays)));
    return unless(limit >= lower && limit <= upper, () => {
      return `${whatOfPool(call)}, where ${needed} are needed and ${capacity + has} there, of ${largest} before: ${lower} to ${upper}`;
    });
  }),
};

export const poolsShrinkOnData: Checker = {
  id: 'S52',
  promise:
    'missing or late demand shrinks no warm pool, nor does a rule that has not learned what a unit carries',
  watch: onPool((call) => {
    const { limit, truePool, group, isReissue } = call;
    const [least] = mostPrepared(call);
    const seen = limitSeen(call);
    const isShrunk = limit < (seen ?? 0) && limit < (truePool?.settings?.prepared ?? 0);
    if (isReissue || !isShrunk || limit >= least) return [];
    return votingForecasts(group.rules).flatMap((rule) => judgeSight(call, rule));
  }),
};

const judgeSight = (call: PoolCall, rule: ForecastRule): readonly Judgement[] => {
  const { view, group, plan, at } = call;
  const { name, metric, perInstance, onMissing } = rule;
  const past = view.pasts.get(group.metrics[metric] as Metric);
  const minutes = past === undefined || isRefused(past) ? [] : past.minutes;
  const isFilled = onMissing === 'zero' && minutes.length > 0;
  const older = typeof onMissing === 'object' && 'last' in onMissing ? onMissing.last / 60 : 0;
  const late = minutes.length === 0 ? 0 : lateMinutes({ minutes, fives: [] }, plan?.at ?? at);
  const sees =
    perInstance !== undefined && (isFilled || (minutes.length >= 10 && late <= Math.max(5, older)));
  return unless(
    sees,
    () =>
      `${whatOfPool(call)}, and ${name} had seen ${minutes.length} minutes, the last ${late} late`,
  );
};

export const poolsHeedWhatForbids: Checker = {
  id: 'S57',
  promise:
    'a warm pool is left as it is while the tag is off, a person paused the group, a process is suspended, or something is under way',
  watch: onPool((call) => {
    const { seen, view, group } = call;
    const isFree = view.obstacles.get(group.autoScalingGroup)?.length === 0;
    const forbidden = [
      ...(seen?.isManaged && !seen.isBeingDeleted ? [] : ['it is not ours']),
      ...(isPaused(call) ? ['a person paused it'] : []),
      ...processesAgainst(call).map((process) => `${process} is suspended`),
      ...(isFree ? [] : ['something is under way, or nobody looked']),
    ];
    return unless(
      forbidden.length === 0,
      () => `${whatOfPool(call)}, though ${forbidden.join(' and ')}`,
    );
  }),
};

/** Whoever finishes a plan of somebody else judges at the time of the call, which is a little later. */
const DELAY_MS = 30_000;

const isPaused = ({ view, group, plan, isReissue, at }: PoolCall): boolean => {
  const override = view.overrides.get(group.name);
  const moments = isReissue ? [at, at - DELAY_MS] : [plan?.at ?? at];
  return (
    override?.kind === 'pause' &&
    moments.every((now) => now >= override.since && holds(override, now))
  );
};

const processesAgainst = (call: PoolCall): readonly string[] => {
  const { seen, limit } = call;
  const before = limitSeen(call) ?? limit;
  const needed = [
    'AlarmNotification',
    ...(limit > before ? ['Launch'] : []),
    ...(limit < before ? ['Terminate'] : []),
  ];
  return needed.filter((process) => seen?.suspendedProcesses.includes(process));
};
