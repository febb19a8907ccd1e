import { currentCapacity, type GroupObservation } from '../observation.ts';
import { type Gate, pass, type Verdict } from './gate.ts';

/**
 * Respects processes that an operator suspended. SetDesiredCapacity itself works while
 * AlarmNotification is suspended, so taking it as "pause" is our choice: it is the switch that
 * operators of Auto Scaling already know.
 */
export const suspendedProcesses: Gate<'suspended-processes'> = {
  stage: 'suspended-processes',
  isGuard: true,
  isTimed: false,
  check: (capacity, observation) => {
    if (observation.state.suspendedProcesses.includes('AlarmNotification')) {
      return {
        kind: 'stop',
        reason: 'Paused',
        detail: 'AlarmNotification is suspended, which pauses Tidegate for this group',
      };
    }

    return checkProcess(capacity, observation);
  },
};

/** Without its process a new capacity would only take effect, all at once, when it is resumed. */
const checkProcess = (capacity: number, observation: GroupObservation): Verdict => {
  const process = processFor(capacity, currentCapacity(observation));
  if (process === undefined || !observation.state.suspendedProcesses.includes(process)) {
    return pass('no process that the change needs is suspended');
  }

  return { kind: 'stop', reason: 'ProcessSuspended', detail: `${process} is suspended` };
};

const processFor = (capacity: number, current: number): 'Launch' | 'Terminate' | undefined => {
  if (capacity === current) return undefined;
  return capacity > current ? 'Launch' : 'Terminate';
};
