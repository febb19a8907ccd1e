import type { Observation } from './observation.ts';

/**
 * The observation as it would be if the alarm fired now. An alarm that CloudWatch does not have is not made up,
 * and one whose actions are off stays off: the decision then says so, as it would in earnest.
 */
export const asIfFiring = (observation: Observation, alarm: string): Observation => {
  const { now, alarms } = observation;
  return {
    ...observation,
    heard: [{ alarm, at: now }],
    alarms: alarms.map((each) =>
      each.name === alarm && each.state !== 'ALARM'
        ? { ...each, state: 'ALARM', since: now }
        : each,
    ),
  };
};
