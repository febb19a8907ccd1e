import type { FleetFacts, GroupFacts, TargetGroupFacts } from '#domain/doctor/checkup.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import { aHealth, TARGET_GROUP } from '#test/support/builders.ts';
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

/** A member of that fleet, whose target groups the file does not name. */
const withMember = (change: Partial<GroupFacts> = {}) =>
  aCheckup(
    {},
    {
      group: {
        ...soundGroup.group,
        name: 'shops/web-prod',
        health: aHealth({ watched: [] }),
        fleet: { name: 'shops', tags: { tier: 'shop' } },
      },
      ...change,
    },
  );

/** A fleet in which nothing is wrong, and a member of it. */
export const SOUND_FLEET = { ...withFleet({}), groups: withMember().groups };

const { found: _found, ...unknownTargetGroup } = soundGroup.targetGroups[0] as TargetGroupFacts;

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
  {
    code: 'member-without-targets',
    verdict: 'warning',
    checkup: withMember({
      state: { ...(soundGroup.state as GroupState), targetGroupArns: [] },
      targetGroups: [],
    }),
    says: 'web-prod is attached to no target group, so health of the fleet shops has nothing to look at',
  },
  {
    code: 'target-group-missing',
    checkup: withMember({ targetGroups: [unknownTargetGroup] }),
    says: `AWS knows no ${TARGET_GROUP} in this Region`,
  },
];
