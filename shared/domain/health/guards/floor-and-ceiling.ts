import { findCommonCause } from '../common-cause.ts';
import { keyOf, type Target } from '../health-observation.ts';
import { isCounted, isHealthy, isSick } from '../sightings.ts';
import { type Guard, obstacle, type Seen } from './guard.ts';

/** Holds when many fail at once: the cause is common, and replacing them would only shrink the fleet. */
export const ceiling: Guard<'ceiling'> = ({ group, targets, state }) => {
  const { ceilingPercent } = group.health;
  const crowded = byTargetGroup(targets).find(({ members }) => {
    const limit = Math.max(1, Math.floor((members.length * ceilingPercent) / 100));
    return members.filter((target) => isSick(target)).length > limit;
  });
  if (crowded === undefined) return undefined;

  const { members } = crowded;
  const failing = members.filter((target) => isSick(target)).length;
  const share = `${failing} of ${members.length} targets are unhealthy, more than ${ceilingPercent} %`;
  const common = findCommonCause(state, members);
  const cause = common === undefined ? '' : ` (${common})`;
  const detail = `${share}: the cause is common${cause}, nothing is touched`;
  return obstacle('ceiling', 'CommonCause', detail);
};

/** Enough must be healthy in each target group without those who would leave. */
export const floor: Guard<'floor'> = (seen, candidates) => {
  const leaving = new Set(candidates.flatMap(({ targets }) => targets.map((one) => keyOf(one))));

  for (const peers of byTargetGroup(seen.targets)) {
    const { members } = peers;
    const healthy = members.filter((target) => isHealthy(target));
    const rest = healthy.filter((target) => !leaving.has(keyOf(target))).length;
    const needed = neededOf(seen, peers);
    if (rest < needed.count) {
      const are = rest < healthy.length ? 'would be healthy' : 'are healthy';
      const share = `${rest} of ${members.length} targets ${are}, and ${needed.why} ${needed.count}`;
      const detail = members.length === 1 ? `${share}${ALONE}` : share;
      return obstacle('floor', 'BelowHealthyFloor', detail);
    }
  }
  return undefined;
};

/** The least floor is one healthy target: whoever is alone can never be spared. */
const ALONE =
  ': a single target is never taken out. Run at least two, or let the Auto Scaling group replace it by its own ELB health checks';

/** The largest of our own floor and of what the load balancer needs not to send traffic to the sick. */
const neededOf = ({ group: { health }, failOpen = {} }: Seen, { arn, members }: Peers) => {
  const shareOf = (percent: number): number => Math.ceil((members.length * percent) / 100);
  const ours = Math.max(health.floorCount, shareOf(health.floorPercent));
  const theirs = failOpen[arn];
  const open = theirs === undefined ? 0 : Math.max(theirs.count, shareOf(theirs.percent));
  return open > ours
    ? { count: open, why: 'the load balancer sends traffic to the unhealthy ones, too, below' }
    : { count: ours, why: 'the floor is' };
};

/** Those of one target group that are meant to serve. */
type Peers = Readonly<{ arn: string; members: readonly Target[] }>;

const byTargetGroup = (targets: readonly Target[]): readonly Peers[] => {
  const counted = targets.filter((target) => isCounted(target));
  const arns = [...new Set(counted.map(({ targetGroupArn }) => targetGroupArn))];
  return arns.map((arn) => ({
    arn,
    members: counted.filter(({ targetGroupArn }) => targetGroupArn === arn),
  }));
};
