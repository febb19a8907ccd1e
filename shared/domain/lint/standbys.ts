import type { Group } from '#domain/configuration/configuration.ts';
import { describePeer } from '#domain/configuration/standby.ts';
import type { Finding } from './finding.ts';

/** Groups that stand in for another one and have no room to. */
export const findStandbysInVain = ({ name, capacity, standby }: Group): readonly Finding[] => {
  const { min, max } = capacity;
  if (standby === undefined || min === undefined || max === undefined || min < max) return [];

  const peer = describePeer(standby.of);
  return [
    {
      code: 'standby-in-vain',
      group: name,
      rules: [],
      message: `it stands in for ${peer}, and its minimum of ${min} is its maximum`,
      why: 'a standby raises the minimum, never beyond the maximum of the group',
      example: `${peer} goes away with 10 instances in service, of which ${standby.minPercent}% are wanted here, and the group stays at ${max}`,
      fix: 'raise capacity.max, or leave standby out',
    },
  ];
};
