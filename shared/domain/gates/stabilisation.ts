import type { Direction } from '../behavior.ts';
import { describeSeconds } from '../describe-seconds.ts';
import { type Instant, SECOND_MS } from '../instant.ts';
import { currentCapacity, type GroupObservation } from '../observation.ts';
import { type Gate, pass } from './gate.ts';

/**
 * Lets a wish pass as far as it has lasted: out no further than the least wish of the window, in no
 * further than the largest. The wishes are kept as they were before this gate
 * (https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#stabilization-window).
 */
export const stabilisation: Gate = {
  stage: 'stabilisation',
  check: (capacity, observation) => {
    const current = currentCapacity(observation);
    if (capacity === current) return pass('no change to wait for');

    const isOut = capacity > current;
    const { scaleOut, scaleIn } = observation.group.behavior;
    const { stabilizeSeconds } = isOut ? scaleOut : scaleIn;
    if (stabilizeSeconds === 0) return pass('no stabilisation window');

    const wishes = [...wishesWithin(stabilizeSeconds, observation), capacity];
    const steady = isOut
      ? Math.max(current, Math.min(...wishes))
      : Math.min(current, Math.max(...wishes));
    const window = describeSeconds(stabilizeSeconds);
    if (steady === capacity) return pass(`the wish has lasted for ${window}`);

    const reason = isOut ? 'ScaleUpStabilized' : 'ScaleDownStabilized';
    const detail = `within the last ${window} the rules asked for ${steady}`;
    return steady === current
      ? { kind: 'hold', reason, detail }
      : { kind: 'bend', capacity: steady, reason, detail };
  },
};

/** The wishes that held at some time of the window: those of it, and the one that held at its begin. */
const wishesWithin = (
  windowSeconds: Direction['stabilizeSeconds'],
  { head, now }: GroupObservation,
): readonly number[] => {
  const begin: Instant = now - windowSeconds * SECOND_MS;
  const first = head.wishes.findLastIndex(({ at }) => at <= begin);
  return head.wishes.slice(Math.max(0, first)).map(({ capacity }) => capacity);
};
