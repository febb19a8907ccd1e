import { ceil, floor } from '#domain/configuration/adjust.ts';
import type { Direction, Limit } from '#domain/configuration/behavior.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import { type Gate, pass, type Verdict } from './gate.ts';

/**
 * Keeps changes within the rates of the behaviour, as the HPA's policies do: each limit counts from
 * the capacity at the begin of its period, and never turns a change round
 * (https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#scaling-policies).
 */
export const limits: Gate<'limits'> = {
  stage: 'limits',
  isGuard: false,
  isTimed: true,
  check: (capacity, observation) => {
    const current = currentCapacity(observation);
    if (capacity === current) return pass('no change to limit');

    const isOut = capacity > current;
    const { scaleOut, scaleIn } = observation.group.behavior;
    return checkDirection({ capacity, current, isOut, observation }, isOut ? scaleOut : scaleIn);
  },
};

type Move = Readonly<{
  capacity: number;
  current: number;
  isOut: boolean;
  observation: GroupObservation;
}>;

const checkDirection = (move: Move, { limits: rates, select }: Direction): Verdict => {
  const { capacity, current, isOut } = move;
  if (select === 'disabled') {
    const detail = `scaling ${isOut ? 'out' : 'in'} is disabled`;
    return { kind: 'hold', reason: 'ScalingDisabled', detail };
  }
  if (rates.length === 0) return pass('no limit to the rate');

  const furthest = rates.map((rate) => ({ rate, to: reach(rate, move) }));
  const wantsLargest = (select === 'max') === isOut;
  const { rate, to } = furthest.reduce((best, each) =>
    (wantsLargest ? each.to > best.to : each.to < best.to) ? each : best,
  );
  // Earlier changes may have used the limit up, and more.
  const allowed = isOut ? Math.max(current, to) : Math.min(current, to);
  const isWithin = isOut ? capacity <= allowed : capacity >= allowed;
  if (isWithin) return pass(`within ${describeLimit(rate)}`);

  const reason = isOut ? 'ScaleUpLimit' : 'ScaleDownLimit';
  const detail = `no more than ${describeLimit(rate)}, which allows ${allowed}`;
  return allowed === current
    ? { kind: 'hold', reason, detail }
    : { kind: 'bend', capacity: allowed, reason, detail };
};

/** Computes how far a limit lets the group go. */
const reach = (
  { amount, unit, periodSeconds }: Limit,
  { current, isOut, observation }: Move,
): number => {
  const since = observation.now - periodSeconds * SECOND_MS;
  const moved = observation.head.changes
    .filter(({ at }) => at > since)
    .reduce((sum, { from, to }) => sum + to - from, 0);
  const begin = current - moved;
  if (unit === 'capacity') return isOut ? begin + amount : begin - amount;
  // A share of nothing allows one unit, or a group at 0 would stay there for ever.
  return isOut
    ? Math.max(begin + 1, ceil(begin * (1 + amount / 100)))
    : floor(begin * (1 - amount / 100));
};

const describeLimit = ({ amount, unit, periodSeconds }: Limit): string =>
  `${amount}${unit === 'percent' ? ' %' : ''} in ${describeSeconds(periodSeconds)}`;
