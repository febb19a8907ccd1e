import type { FleetFacts } from '#domain/doctor/checkup.ts';
import { aCheckup, soundGroup } from '#test/support/checkup.ts';
import type { Mistake } from './group-mistakes.ts';

const { name: _name, autoScalingGroup: _group, ...template } = soundGroup.group;

const SOUND: FleetFacts = {
  fleet: { name: 'shops', tags: { tier: 'shop' }, template },
  deployment: 'tidegate-prod',
  members: ['shop-1', 'shop-2'],
  contested: [],
};

const withFleet = (change: Partial<FleetFacts>) => ({
  ...aCheckup(),
  fleets: [{ ...SOUND, ...change }],
});

/** A fleet in which nothing is wrong. */
export const SOUND_FLEET = withFleet({});

/** Mistakes in the choice of a fleet's groups. */
export const FLEET_MISTAKES: readonly Mistake[] = [
  {
    code: 'fleet-empty',
    verdict: 'warning',
    checkup: withFleet({ members: [] }),
    says: 'no group belongs to the fleet shops: none carries tier=shop and tidegate:managed=tidegate-prod, or the sweep has not looked yet',
  },
  {
    code: 'fleet-contested',
    checkup: withFleet({ contested: ['shop-3', 'shop-4'] }),
    says: 'shop-3, shop-4: another fleet than shops selects these groups, too, and so neither has them',
  },
];
