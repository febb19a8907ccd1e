import { replacesByItself } from '#domain/observed/group-state.ts';
import { targetGroupTag } from './check-tags.ts';
import type { PresentGroup } from './checkup.ts';
import { type Check, type DoctorFinding, needless, type Obstruction, unseen } from './finding.ts';
import { cut, openToAll, sticky } from './serving-findings.ts';
import {
  closed,
  failing,
  loose,
  other,
  type TargetFacts,
  tooSoon,
  zones,
} from './target-findings.ts';

/** A check of every target group that is watched and there. */
const each = (
  find: (facts: TargetFacts) => readonly DoctorFinding[],
): ((facts: PresentGroup) => readonly DoctorFinding[]) => {
  return ({ targetGroups, group, state, instances }) =>
    targetGroups.flatMap(({ found, ...facts }) =>
      found === undefined ? [] : find({ ...facts, found, group, state, instances }),
    );
};

/** The first obstruction among the target groups, of which those that do not exist are one. */
const obstructed =
  (
    unless: (facts: TargetFacts) => Obstruction | undefined = () => undefined,
  ): ((facts: PresentGroup) => Obstruction | undefined) =>
  ({ targetGroups, group, state, instances }) => {
    for (const { found, ...facts } of targetGroups) {
      const obstruction =
        found === undefined
          ? unseen(`${facts.name} does not exist`)
          : unless({ ...facts, found, group, state, instances });
      if (obstruction) return obstruction;
    }
    return undefined;
  };

const idle = ({ name, found }: TargetFacts): Obstruction | undefined =>
  found.balancers.length === 0 ? unseen(`no load balancer sends traffic to ${name}`) : undefined;

const empty = ({ name, targets }: TargetFacts): Obstruction | undefined =>
  targets.length === 0 ? unseen(`${name} has no target`) : undefined;

const unbalanced = ({ balancer, configuredBalancer }: TargetFacts): Obstruction | undefined =>
  balancer === undefined ? unseen(`AWS knows no load balancer ${configuredBalancer}`) : undefined;

/** A Network Load Balancer may have no security group; then addresses of clients or subnets come in. */
const ungrouped = ({ balancer, configuredBalancer }: TargetFacts): Obstruction | undefined =>
  balancer?.securityGroups.length === 0
    ? unseen(`${configuredBalancer} has no security group to look for`)
    : undefined;

const unopened = ({ name, targets, instances, openings }: TargetFacts): Obstruction | undefined => {
  const known = instances.filter(
    ({ id, securityGroups }) =>
      targets.some((target) => target.id === id) && securityGroups.some((each) => openings[each]),
  );
  return known.length === 0
    ? unseen(`of no target of ${name} the security groups are known`)
    : undefined;
};

/** Checks that a member of a fleet with health has targets. The file names none, so that nobody else misses them. */
export const MEMBER_CHECK: Check<PresentGroup> = {
  sound: 'it has target groups whose targets are looked at',
  needs: ['the Auto Scaling group'],
  find: ({ group: { fleet, autoScalingGroup }, state }) =>
    fleet === undefined || state.targetGroupArns.length > 0
      ? []
      : [
          {
            code: 'member-without-targets',
            verdict: 'warning',
            message: `${autoScalingGroup} is attached to no target group, so health of the fleet ${fleet.name} has nothing to look at`,
            fix: `aws autoscaling attach-load-balancer-target-groups --auto-scaling-group-name ${autoScalingGroup} --target-group-arns ARN; or leave it so, if no load balancer serves it`,
          },
        ],
};

/** Checks that targets can serve, and that the unhealthy are replaced. */
export const TARGET_CHECKS: readonly Check<PresentGroup>[] = [
  {
    sound: 'every target group exists',
    needs: ['its target groups'],
    find: ({ targetGroups, group: { fleet, autoScalingGroup } }) =>
      targetGroups
        .filter(({ found }) => found === undefined)
        .map(({ name }) => ({
          code: 'target-group-missing',
          verdict: 'error',
          message: `AWS knows no ${name} in this Region`,
          fix:
            fleet === undefined
              ? 'correct health.targetGroup in tidegate.yml; it was perhaps made anew, with another id'
              : `detach it from ${autoScalingGroup}; it was perhaps made anew, with another id`,
        })),
  },
  {
    sound: 'every target group carries the tag that hands it over',
    needs: ['its target groups'],
    unless: (facts) =>
      facts.group.health?.action === 'notify'
        ? needless('health.action is notify, which changes nothing')
        : obstructed()(facts),
    find: each(targetGroupTag),
  },
  {
    sound: 'every target group is attached to the group and has a load balancer',
    needs: ['its target groups'],
    unless: obstructed(),
    find: each(loose),
  },
  {
    sound: 'the load balancers of tidegate.yml are those of the target groups',
    needs: ['its target groups'],
    unless: obstructed(idle),
    find: each(other),
  },
  {
    sound: 'every target is in a zone that its load balancer serves',
    needs: ['its target groups'],
    unless: obstructed((facts) => unbalanced(facts) ?? empty(facts)),
    find: each(zones),
  },
  {
    sound: 'the security groups let health checks in',
    needs: ['its target groups', 'its instances', 'its security groups'],
    unless: obstructed(
      (facts) => unbalanced(facts) ?? ungrouped(facts) ?? empty(facts) ?? unopened(facts),
    ),
    find: each(closed),
  },
  {
    sound: 'nobody comes in past the load balancer',
    needs: ['its target groups', 'its instances', 'its security groups'],
    unless: obstructed(
      (facts) => unbalanced(facts) ?? ungrouped(facts) ?? empty(facts) ?? unopened(facts),
    ),
    find: each(openToAll),
  },
  {
    sound: 'any target may answer any request',
    needs: ['its target groups'],
    unless: obstructed(),
    find: each(sticky),
  },
  {
    sound: 'targets finish what they have begun before they leave',
    needs: ['its target groups'],
    unless: obstructed(),
    find: each(cut),
  },
  {
    sound: 'every target is healthy',
    needs: ['its target groups'],
    unless: obstructed(),
    find: each(failing),
  },
  {
    sound: 'health checks leave instances the time to boot',
    needs: ['its target groups'],
    unless: (facts) =>
      replacesByItself(facts.state)
        ? obstructed()(facts)
        : needless('the group does not replace by the health checks of its load balancer'),
    find: each(tooSoon),
  },
  {
    sound: 'only one of AWS and Tidegate replaces the unhealthy',
    needs: ['the Auto Scaling group'],
    find: ({ state, group }) =>
      replacesByItself(state) && group.health?.action === 'replace'
        ? [
            {
              code: 'replaced-twice',
              verdict: 'warning',
              message:
                'the group has ELB health checks and replaces by itself, and health.action is replace',
              fix: 'action: auto leaves it to the group; or give the group the health check type EC2',
            },
          ]
        : [],
  },
];
