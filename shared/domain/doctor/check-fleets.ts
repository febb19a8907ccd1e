import { nameSome } from '#domain/basics/name-some.ts';
import { describeTags } from '#domain/configuration/fleet.ts';
import { OPT_IN_TAG } from '#domain/observed/opt-in.ts';
import type { FleetFacts } from './checkup.ts';
import { type Check, unseen } from './finding.ts';

/** Checks that a fleet has groups, and none that another fleet selects, too. */
export const FLEET_CHECKS: readonly Check<FleetFacts>[] = [
  {
    sound: 'it has members',
    needs: [],
    unless: ({ members }) => (members === undefined ? NO_TABLE : undefined),
    find: ({ fleet, deployment, members }) =>
      members === undefined || members.length > 0
        ? []
        : [
            {
              code: 'fleet-empty',
              verdict: 'warning',
              message: `no group belongs to the fleet ${fleet.name}: none carries ${describeTags(fleet.tags)} and ${OPT_IN_TAG}=${deployment}, or the sweep has not looked yet`,
              fix: `aws autoscaling create-or-update-tags --tags ${Object.entries({
                ...fleet.tags,
                [OPT_IN_TAG]: deployment,
              })
                .map(
                  ([key, value]) =>
                    `ResourceId=GROUP,ResourceType=auto-scaling-group,Key=${key},Value=${value},PropagateAtLaunch=false`,
                )
                .join(' ')}`,
            },
          ],
  },
  {
    sound: 'no other fleet selects its groups',
    needs: [],
    unless: ({ members }) => (members === undefined ? NO_TABLE : undefined),
    find: ({ fleet, contested = [] }) =>
      contested.length === 0
        ? []
        : [
            {
              code: 'fleet-contested',
              verdict: 'error',
              message: `${nameSome(contested)}: another fleet than ${fleet.name} selects these groups, too, and so neither has them`,
              fix: 'change the tags of the groups, or those of one fleet; or name the groups under groups',
            },
          ],
  },
];

const NO_TABLE = unseen('there is no table that says who its members are');
