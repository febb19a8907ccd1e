import { type DoctorFinding, list } from './finding.ts';
import { isOpenOn } from './port-openings.ts';
import type { TargetFacts } from './target-findings.ts';
import { checkedPort } from './why-unhealthy.ts';

/** A client that sticks to its target keeps a full target full, and new ones idle. */
export function sticky({ name, found }: TargetFacts): readonly DoctorFinding[] {
  return found.isSticky
    ? [
        {
          code: 'sticky-sessions',
          verdict: 'warning',
          message: `${name} binds clients to targets: new instances get new clients only, and a target that leaves takes its sessions along`,
          fix: `keep sessions in a signed cookie or a store, then aws elbv2 modify-target-group-attributes --target-group-arn ${found.arn} --attributes Key=stickiness.enabled,Value=false`,
        },
      ]
    : [];
}

/** A target that leaves without a delay cuts the requests that it works on. */
export function cut({ name, found }: TargetFacts): readonly DoctorFinding[] {
  return found.drainSeconds > 0
    ? []
    : [
        {
          code: 'no-draining',
          verdict: 'error',
          message: `the deregistration delay of ${name} is 0 s: each removal cuts requests that are under way, clients get 502 or 504`,
          fix: `aws elbv2 modify-target-group-attributes --target-group-arn ${found.arn} --attributes Key=deregistration_delay.timeout_seconds,Value=30`,
        },
      ];
}

/** Security groups that let every address in on the port of the application. */
export function openToAll(facts: TargetFacts): readonly DoctorFinding[] {
  const { found, instances, openings, targets } = facts;
  const port = checkedPort(found);
  const open = instances
    .filter(({ id }) => targets.some((target) => target.id === id))
    .flatMap(({ securityGroups }) => securityGroups)
    .filter((id) => (openings[id] ?? []).some((each) => each.isForAll && isOpenOn(each, port)));
  return open.length === 0
    ? []
    : [
        {
          code: 'open-to-all',
          verdict: 'warning',
          message: `${list([...new Set(open)])} lets every address in on port ${port}: whoever reaches an instance goes past the load balancer`,
          fix: "let in only the load balancer's security group: aws ec2 revoke-security-group-ingress",
        },
      ];
}
