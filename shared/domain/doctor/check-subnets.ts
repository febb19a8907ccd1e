import type { PresentGroup, SubnetFacts } from './checkup.ts';
import { type Check, type DoctorFinding, list, unseen } from './finding.ts';

const unknown = ({ subnets }: PresentGroup) =>
  subnets.length === 0 ? unseen('none of its subnets is known') : undefined;

/** Checks that a group can launch where it is told to, and that what it launches can reach what it needs. */
export const SUBNET_CHECKS: readonly Check<PresentGroup>[] = [
  {
    sound: 'instances can reach what they need from each subnet',
    needs: ['its subnets'],
    unless: unknown,
    find: ({ subnets }) => [...blackholes(subnets), ...deadEnds(subnets)],
  },
  {
    sound: 'its subnets have addresses for MaxSize',
    needs: ['its subnets'],
    unless: unknown,
    find: full,
  },
  {
    sound: 'it spans several zones',
    needs: ['its subnets'],
    unless: unknown,
    find: ({ subnets, group }) => {
      const zones = [...new Set(subnets.map(({ zone }) => zone))];
      return zones.length !== 1
        ? []
        : [
            {
              code: 'single-zone',
              verdict: 'warning',
              message: `${group.autoScalingGroup} launches in ${list(zones)} only: when that zone fails, nothing is left`,
              fix: 'add a subnet of another zone: aws autoscaling update-auto-scaling-group --vpc-zone-identifier',
            },
          ];
    },
  },
];

const idsOf = (subnets: readonly SubnetFacts[]): string => list(subnets.map(({ id }) => id));

function blackholes(subnets: readonly SubnetFacts[]): readonly DoctorFinding[] {
  const broken = subnets.filter(({ exit }) => exit === 'blackhole');
  return broken.length === 0
    ? []
    : [
        {
          code: 'subnet-unrouted',
          verdict: 'error',
          message: `the default route of ${idsOf(broken)} leads to a gateway that is gone: instances boot without packages and never serve`,
          fix: 'give the route a NAT gateway that exists: aws ec2 replace-route',
        },
      ];
}

function deadEnds(subnets: readonly SubnetFacts[]): readonly DoctorFinding[] {
  const closed = subnets.filter(({ exit }) => exit === 'none');
  return closed.length === 0
    ? []
    : [
        {
          code: 'subnet-unrouted',
          verdict: 'warning',
          message: `${idsOf(closed)} has no route out, not even to an endpoint: what instances fetch when they boot must be in the image`,
          fix: 'a route to a NAT gateway, or a gateway endpoint for S3 and endpoints for Systems Manager',
        },
      ];
}

/** Auto Scaling launches in the other zones when one is full, so that it is all addresses together that count. */
function full({ subnets, state }: PresentGroup): readonly DoctorFinding[] {
  const free = subnets.reduce((sum, { freeAddresses }) => sum + freeAddresses, 0);
  const wanted = Math.max(0, state.capacityMax - state.instances.length);
  return free >= wanted || subnets.length === 0
    ? []
    : [
        {
          code: 'subnet-full',
          verdict: 'warning',
          message: `${idsOf(subnets)} has ${free} free addresses, and ${wanted} more instances may be launched`,
          fix: 'add a larger subnet: aws autoscaling update-auto-scaling-group --vpc-zone-identifier',
        },
      ];
}
