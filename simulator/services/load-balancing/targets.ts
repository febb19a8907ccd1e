import type { Target } from '#domain/health/health-observation.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import type { Timeline } from '#simulator/kernel/timeline.ts';
import type { GroupSpec } from '#simulator/services/auto-scaling/fleet.ts';
import {
  hasArrived,
  isGone,
  isLeaving,
  type Machine,
} from '#simulator/services/auto-scaling/machine.ts';
import type { createRegistrations, Health, Place } from './registrations.ts';

/** Two checks, ten seconds apart, until a new target is healthy. */
const INITIAL_MS = 20 * SECOND_MS;

export type Machines = (group: string) => readonly Machine[];

type World = Readonly<{
  timeline: Timeline;
  machinesOf: Machines;
  groups: readonly GroupSpec[];
  registrations: ReturnType<typeof createRegistrations>;
  /** Targets that belong to no group, by target group. */
  others: ReadonlyMap<string, readonly string[]>;
}>;

/** The members of target groups, as DescribeTargetHealth shows them. */
export const targetsIn = ({ timeline, machinesOf, groups, registrations, others }: World) => {
  const isNew = ({ inServiceAt }: Machine): boolean => timeline.now() < inServiceAt + INITIAL_MS;
  const isNewIn = (place: Place): boolean =>
    timeline.now() < registrations.enteredAt(place) + INITIAL_MS;
  const membersOf = ({ arn, spec }: Attachment): readonly Target[] =>
    machinesOf(spec.name)
      .filter((machine) => hasArrived(machine, timeline.now()) && !machine.isStandby)
      .filter((machine) => !isGone(machine, timeline.now()))
      .slice(0, spec.mostTargets)
      .map((machine) => ({ machine, place: { arn, id: machine.id } }))
      .filter(({ place }) => registrations.isShown(place))
      .map(({ machine, place }) =>
        targetOf(
          place,
          registrations.healthOf(place, phaseOf(machine, isNew(machine) || isNewIn(place))),
        ),
      );
  const othersOf = (arn: string): readonly Target[] =>
    (others.get(arn) ?? [])
      .map((id) => ({ arn, id }))
      .filter(registrations.isShown)
      .map((place) =>
        targetOf(place, registrations.healthOf(place, isNewIn(place) ? 'new' : 'settled')),
      );
  const targetsOf = (targetGroup: string): readonly Target[] => {
    const attached = attachmentsTo(groups, targetGroup);
    const arns = [...new Set(attached.map(({ arn }) => arn))];
    return [...attached.flatMap(membersOf), ...arns.flatMap(othersOf)];
  };

  return { targetsOf, isNew };
};

const phaseOf = (machine: Machine, isNew: boolean) => {
  if (isLeaving(machine)) return 'leaving';
  return isNew ? 'new' : 'settled';
};

/** A target group that belongs to a group. */
type Attachment = Readonly<{ arn: string; spec: GroupSpec }>;

const attachmentsTo = (groups: readonly GroupSpec[], targetGroup: string): readonly Attachment[] =>
  groups.flatMap((spec) =>
    spec.targetGroupArns.filter((arn) => arn.endsWith(targetGroup)).map((arn) => ({ arn, spec })),
  );

const targetOf = ({ arn, id }: Place, { state, reason }: Health): Target => ({
  targetGroupArn: arn,
  id,
  port: 80,
  state,
  reason,
  description: state.startsWith('unhealthy') ? 'Health checks failed' : '',
});
