import type { FoundTargetGroup, InstanceFacts, PortOpening, TargetGroupFacts } from './checkup.ts';
import { isOpenOn } from './port-openings.ts';

type Facts = Pick<TargetGroupFacts, 'openings' | 'targets'> &
  Readonly<{ found: FoundTargetGroup; instances: readonly InstanceFacts[] }>;

/** Explains the reason code of an unhealthy target, and where to look. */
export const causeOf = (
  reason: string,
  { found }: Pick<Facts, 'found'>,
): Readonly<{ why: string; fix: string }> => {
  const { check } = found;
  const place = `${check.path === '' ? 'port' : `GET ${check.path} on port`} ${checkedPort(found)}`;
  switch (reason) {
    case 'Target.Timeout':
      return {
        why: `${place} gives no answer within ${check.timeoutSeconds} s`,
        fix: 'is the port open to the load balancer, and does the application answer in time? From a machine in the same subnet: curl -m 5 -v',
      };
    case 'Target.ResponseCodeMismatch':
      return {
        why: `${place} does not answer with ${check.codes}`,
        fix: `let the path answer with ${check.codes}, or change the path or the codes: aws elbv2 modify-target-group --health-check-path --matcher`,
      };
    case 'Target.FailedHealthChecks':
      return {
        why: `${place} refuses the connection, or breaks it off`,
        fix: 'does the application run, and listen on that port and on all addresses, not on 127.0.0.1 only?',
      };
    default:
      return {
        why: `${place}; the reason is the load balancer's, or new`,
        fix: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html explains the code',
      };
  }
};

/**
 * The instances whose security groups let nobody in on the port of the health check: not the load
 * balancer's own groups, and no range of addresses at all, which might be its subnets.
 */
export const closedPorts = (
  { found, instances, openings, targets }: Facts,
  balancerGroups: readonly string[],
): readonly string[] => {
  if (balancerGroups.length === 0) return [];
  const port = checkedPort(found);
  const isOpen = (opening: PortOpening): boolean =>
    isOpenOn(opening, port) &&
    (opening.hasRanges || opening.groups.some((id) => balancerGroups.includes(id)));

  return instances
    .filter(({ id }) => targets.some((target) => target.id === id))
    .map(({ id, securityGroups }) => ({ id, known: openingsOf(securityGroups, openings) }))
    .filter(({ known }) => known.length > 0 && !known.flat().some(isOpen))
    .map(({ id }) => id);
};

const openingsOf = (
  ids: readonly string[],
  openings: TargetGroupFacts['openings'],
): readonly (readonly PortOpening[])[] => ids.flatMap((id) => (openings[id] ? [openings[id]] : []));

/** The port that health checks go to. */
export const checkedPort = ({ check, port }: FoundTargetGroup): number =>
  check.port === 'traffic-port' ? port : Number(check.port);
