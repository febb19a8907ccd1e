import type { Group } from '#domain/configuration/configuration.ts';
import { MINUTE_MS } from '#domain/time/instant.ts';
import { type AccidentWorld, OUTSIDER } from './accidents.ts';
import type { Dice } from './dice.ts';

/** Ailments come to an end so long after the run began: what is under way then must come right. */
const UNTIL_MS = 75 * MINUTE_MS;

/**
 * Targets fall ill now and then in most scenarios, whatever the faults: one everywhere or in one of several
 * target groups, one that belongs to no group, or so many in one target group that nobody may be touched.
 */
export const startAilments = (world: AccidentWorld): void => {
  const { timeline, configuration, dice } = world;
  const endsAt = timeline.now() + UNTIL_MS;
  const step = (group: string): void => {
    if (timeline.now() >= endsAt) return;
    const found = configuration().groups.find(({ name }) => name === group);
    if (found !== undefined) fallIll(world, found);
    timeline.at(timeline.now() + (4 + dice.pick(8)) * MINUTE_MS, () => step(group));
  };
  for (const { name, health } of configuration().groups) {
    if (health !== undefined && dice.random() < 0.8) {
      timeline.at(timeline.now() + (3 + dice.pick(10)) * MINUTE_MS, () => step(name));
    }
  }
};

type Sickness = Readonly<{ state: string; reason: string }>;

const HEALTHLESS: Sickness = { state: 'unhealthy', reason: 'Target.FailedHealthChecks' };

const OWN: readonly Sickness[] = [
  HEALTHLESS,
  { state: 'unhealthy', reason: 'Target.Timeout' },
  { state: 'unhealthy.draining', reason: 'Target.FailedHealthChecks' },
];

/** Not well, and nothing that a replacement would fix; the last state is one of tomorrow. */
const OTHERS: readonly Sickness[] = [
  { state: 'unhealthy', reason: 'Elb.InternalError' },
  { state: 'unhealthy', reason: 'Target.NewReason' },
  { state: 'unhealthy.suspended', reason: 'Target.FailedHealthChecks' },
];

const fallIll = (world: AccidentWorld, group: Group): void => {
  const { cloud, dice } = world;
  const members = cloud.autoScaling.machines(group.autoScalingGroup).map(({ id }) => id);
  const arns = watchedArns(world, group);
  const one = dice.one(members) ?? '';
  const own = dice.one(OWN) ?? HEALTHLESS;

  switch (dice.one(KINDS) ?? 'crowd') {
    case 'everywhere':
      cloud.loadBalancing.show(one, own);
      break;
    case 'somewhere':
      cloud.loadBalancing.show(one, own, dice.one(arns));
      break;
    case 'outsider':
      cloud.loadBalancing.show(OUTSIDER, own);
      break;
    case 'crowd':
      crowd(world, {
        members,
        arn: arns.at(-1),
        sickness: dice.one([own, ...OTHERS]) ?? own,
      });
  }
};

const watchedArns = ({ cloud }: AccidentWorld, { autoScalingGroup, health }: Group) =>
  (cloud.autoScaling.truth(autoScalingGroup)?.targetGroupArns ?? []).slice(
    0,
    health?.watched.length ?? 0,
  );

const KINDS = [
  'everywhere',
  'everywhere',
  'everywhere',
  'somewhere',
  'outsider',
  'crowd',
  'crowd',
] as const;

type Crowd = Readonly<{ members: readonly string[]; arn: string | undefined; sickness: Sickness }>;

/** One fails everywhere, and many fail for a while in the last target group only. */
const crowd = (
  { cloud, dice, timeline }: AccidentWorld,
  { members, arn, sickness }: Crowd,
): void => {
  const many = shareOf(dice, members);
  for (const id of many) cloud.loadBalancing.show(id, sickness, arn);
  const first = members.find((id) => !many.includes(id));
  if (first !== undefined) {
    cloud.loadBalancing.show(first, { state: 'unhealthy', reason: 'Target.Timeout' });
  }
  timeline.at(timeline.now() + (4 + dice.pick(6)) * MINUTE_MS, () => {
    for (const id of many) cloud.loadBalancing.recover(id);
  });
};

const shareOf = (dice: Dice, members: readonly string[]): readonly string[] => {
  const count = Math.ceil(members.length * (0.2 + 0.4 * dice.random()));
  return members.slice(members.length - count);
};
