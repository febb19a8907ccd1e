import type { Configuration } from '#domain/configuration/configuration.ts';
import { partsOfMember } from '#domain/configuration/fleet.ts';
import { keyOfRegistration } from '#domain/health/health-observation.ts';
import type { Registration } from '#domain/ledger/decision.ts';
import type { HealHead } from '#domain/ledger/head.ts';
import type { HistoryEvent } from '../history.ts';
import { type Checker, type CheckWorld, type Judgement, SKEW_MS, unless } from './check-world.ts';
import { holds } from './narrowed.ts';
import { counted, onRemoval } from './on-removal.ts';
import type { View } from './views.ts';

export const healKeepsItsPace: Checker = {
  id: 'S14c',
  promise: 'no more targets of a group are taken out within an hour than its limit allows',
  watch: onRemoval(({ removal, at, health, everywhere, head }) => {
    const { targets, percent, perSeconds } = health.pace;
    const size = new Set(counted(everywhere).map(({ id }) => id)).size;
    const most = Math.max(targets, Math.floor((size * percent) / 100));
    const recent = (head?.removals ?? []).filter(
      (then) => at - then < perSeconds * 1_000 - SKEW_MS,
    );
    return unless(recent.length < most, () => {
      return `${removal.targetId} was taken out after ${recent.length} others, limit ${most}`;
    });
  }),
};

export const healLeavesWhatAwsReplaces: Checker = {
  id: 'S17e',
  promise: 'with action auto, nobody is touched whom the group replaces by its own health checks',
  watch: onRemoval(({ removal, health, seen, targetGroupArn }) => {
    const isMember = seen?.instances.some(({ id }) => id === removal.targetId) === true;
    const isTheirs =
      isMember &&
      health.action === 'auto' &&
      seen?.healthCheckType === 'ELB' &&
      seen.targetGroupArns.includes(targetGroupArn);
    return unless(!isTheirs, () => `${removal.targetId} was left to AWS`);
  }),
};

export const oneStandsBy: Checker = {
  id: 'S16q',
  promise: 'one instance of a group is kept aside at most',
  watch: onRemoval(({ removal, isStandby, seen }) => {
    if (!isStandby) return [];
    const aside = (seen?.instances ?? []).find(
      ({ lifecycleState }) => lifecycleState === 'Standby',
    );
    return unless(aside === undefined, () => {
      return `${removal.targetId} was put aside beside ${aside?.id}`;
    });
  }),
};

type Call = Readonly<{ input: unknown; at: number; view: View; configuration: Configuration }>;

const onCall =
  (action: string, judge: (call: Call) => readonly Judgement[]) =>
  ({ views, configurationOf }: CheckWorld) => ({
    onEvent: (event: HistoryEvent): readonly Judgement[] => {
      if (event.kind !== 'applying' || event.trip.action !== action) return [];
      return judge({
        input: event.trip.input,
        at: event.at,
        view: views.of(event.trip.invocation),
        configuration: configurationOf(event.trip.invocation),
      });
    },
  });

const headsOf = ({ heads }: View): readonly HealHead[] =>
  [...heads.values()].filter((head): head is HealHead => 'probations' in head);

export const quarantinesEndInTime: Checker = {
  id: 'S16r',
  promise:
    'an instance is ended only after its quarantine, while it stands by, unless it is protected',
  watch: onCall('TerminateInstanceInAutoScalingGroup', ({ input, at, view }) => {
    const head = headsOf(view).find(({ quarantined }) => quarantined?.instanceId === input);
    if (head?.inFlight !== undefined) return [];
    const member = [...view.groups.values()]
      .flatMap(({ instances }) => instances)
      .find(({ id }) => id === input);
    const isOver = head?.quarantined !== undefined && at >= head.quarantined.until - SKEW_MS;
    const isAside = member?.lifecycleState === 'Standby' && !member.isProtected;
    return unless(isOver && isAside, () => {
      return `${input} was ended in ${member?.lifecycleState}`;
    });
  }),
};

const isWatched = ({ groups }: Configuration, { targetGroupArn }: Registration): boolean =>
  groups.some(({ health }) =>
    health?.watched.some(({ targetGroup }) => targetGroupArn.endsWith(targetGroup)),
  );

export const onlyOursReturn: Checker = {
  id: 'S13p',
  promise:
    'a target is registered again only when we took it out, after its probation, if nobody paused',
  watch: onCall('RegisterTargets', ({ input, at, view, configuration }) => {
    const registration = input as Registration;
    // A group that is healed no more gives back at once what it took.
    if (!isWatched(configuration, registration)) return [];
    const key = keyOfRegistration(registration);
    const head = headsOf(view).find(({ probations }) => key in probations);
    if (head?.inFlight !== undefined) return [];
    const [name] = [...view.heads].find(([, each]) => each === head) ?? [''];
    // A member that left gives back at once, though another one may be attached to the same target group.
    const isMember = partsOfMember(name) !== undefined;
    if (isMember && !configuration.groups.some((each) => each.name === name)) return [];
    const override = view.overrides.get(name);
    const isPaused = override?.kind === 'pause' && holds(override, at);
    const isDue = at >= (head?.probations[key]?.until ?? Number.POSITIVE_INFINITY) - SKEW_MS;
    return unless(isDue && !isPaused, () => {
      return `${registration.targetId} was registered${isPaused ? ' though paused' : ' too early'}`;
    });
  }),
};
