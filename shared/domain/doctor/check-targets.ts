import { OPT_IN_TAG, replacesByItself } from '../group-state.ts';
import type { Ailment, Check } from './ailment.ts';
import type { PresentGroup } from './checkup.ts';
import {
  closed,
  failing,
  loose,
  other,
  type TargetFacts,
  tooSoon,
  zones,
} from './target-ailments.ts';

/** A check of every target group that is watched and there. */
const each = (
  find: (facts: TargetFacts) => readonly Ailment[],
): ((facts: PresentGroup) => readonly Ailment[]) => {
  return ({ targetGroups, group, state, instances }) =>
    targetGroups.flatMap(({ found, ...facts }) =>
      found === undefined ? [] : find({ ...facts, found, group, state, instances }),
    );
};

/** What must be so for targets to serve, and for the sick to be replaced. */
export const TARGET_CHECKS: readonly Check<PresentGroup>[] = [
  {
    sound: 'every target group exists',
    needs: ['its target groups'],
    find: ({ targetGroups }) =>
      targetGroups
        .filter(({ found }) => found === undefined)
        .map(({ name }) => ({
          ...{ code: 'target-group-missing', verdict: 'error' },
          message: `AWS knows no ${name} in this Region`,
          fix: 'correct health.targetGroup in tidegate.yml; it was perhaps made anew, with another id',
        })),
  },
  {
    sound: 'every target group carries the tag that hands it over',
    needs: ['its target groups'],
    find: each(({ name, found, group }) =>
      found.isManaged || group.health?.action === 'notify'
        ? []
        : [
            {
              ...{ code: 'target-group-untagged', verdict: 'error' },
              message: `${name} lacks the tag ${OPT_IN_TAG.key}=${OPT_IN_TAG.value}: AWS refuses to deregister its targets`,
              fix: `aws elbv2 add-tags --resource-arns ${found.arn} --tags Key=${OPT_IN_TAG.key},Value=${OPT_IN_TAG.value}`,
            },
          ],
    ),
  },
  {
    sound: 'every target group is attached to the group and has a load balancer',
    needs: ['its target groups'],
    find: each(loose),
  },
  {
    sound: 'the load balancers of tidegate.yml are those of the target groups',
    needs: ['its target groups'],
    find: each(other),
  },
  {
    sound: 'every target is in a zone that its load balancer serves',
    needs: ['its target groups'],
    find: each(zones),
  },
  {
    sound: 'the security groups let health checks in',
    needs: ['its target groups', 'its instances', 'its security groups'],
    find: each(closed),
  },
  { sound: 'every target is healthy', needs: ['its target groups'], find: each(failing) },
  {
    sound: 'health checks leave instances the time to boot',
    needs: ['its target groups'],
    find: each(tooSoon),
  },
  {
    sound: 'only one of AWS and Tidegate replaces the unhealthy',
    needs: ['the Auto Scaling group'],
    find: ({ state, group }) =>
      replacesByItself(state) && group.health?.action === 'replace'
        ? [
            {
              ...{ code: 'replaced-twice', verdict: 'warning' },
              message:
                'the group has ELB health checks and replaces by itself, and health.action is replace',
              fix: 'action: auto leaves it to the group; or give the group the health check type EC2',
            },
          ]
        : [],
  },
];
