import type { Direction } from '#domain/configuration/behavior.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/**
 * Lets a recommendation pass as far as it has lasted: out no further than the least recommendation of the window, in no
 * further than the largest. The recommendations are kept as they were before this gate
 * (https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#stabilization-window).
 */
export const stabilisation: Gate<'stabilisation'> = {
  stage: 'stabilisation',
  isGuard: false,
  isTimed: true,
  check: (capacity, observation) => {
    const current = currentCapacity(observation);
    if (capacity === current) return pass('no change to wait for');

    const isOut = capacity > current;
    const { scaleOut, scaleIn } = observation.group.behavior;
    const { stabilizeSeconds } = isOut ? scaleOut : scaleIn;
    if (stabilizeSeconds === 0) return pass('no stabilisation window');

    const { remembered, initial } = wishesWithin(stabilizeSeconds, observation);
    const steadyBy = (wishes: readonly number[]): number =>
      isOut
        ? Math.max(current, Math.min(...wishes, capacity))
        : Math.min(current, Math.max(...wishes, capacity));
    const steady = steadyBy([...initial, ...remembered]);
    const window = describeSeconds(stabilizeSeconds);
    if (steady === capacity) return pass(`the wish has lasted for ${window}`);

    const reason = isOut ? 'ScaleUpStabilized' : 'ScaleDownStabilized';
    const detail =
      steady === steadyBy(remembered)
        ? `within the last ${window} the rules asked for ${steady}`
        : `what the rules asked for ${window} ago is not known, so what there is counts as that`;
    return steady === current
      ? { kind: 'hold', reason, detail }
      : { kind: 'bend', capacity: steady, reason, detail };
  },
};

/**
 * The recommendations that held at some time of the window: those of it, and the one that held at its begin. Where
 * no memory reaches back so far, the capacity that there is counts as that one, as the HPA records the
 * first capacity that it sees (`recordInitialRecommendation` in
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/podautoscaler/horizontal.go).
 */
const wishesWithin = (
  windowSeconds: Direction['stabilizeSeconds'],
  observation: GroupObservation,
): Readonly<{ remembered: readonly number[]; initial: readonly number[] }> => {
  const { head, now } = observation;
  const begin: Instant = now - windowSeconds * SECOND_MS;
  const first = head.wishes.findLastIndex(({ at }) => at <= begin);
  return {
    remembered: head.wishes.slice(Math.max(0, first)).map(({ capacity }) => capacity),
    initial: first === -1 ? [currentCapacity(observation)] : [],
  };
};
