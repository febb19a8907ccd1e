import { MINUTE_MS } from '#domain/time/instant.ts';
import { isoTime } from '#simulator/kernel/iso-time.ts';
import { DEPLOYMENT, type Fleet } from '#simulator/services/auto-scaling/fleet.ts';
import { hasArrived } from '#simulator/services/auto-scaling/machine.ts';
import type { Cloud } from '../cloud.ts';
import type { Dice } from './dice.ts';
import { overrideOf } from './override-of.ts';

type Lever = (fleet: Fleet) => void;

/** The acts of an accident on its group. */
export type Hands = Readonly<{
  dice: Dice;
  now: number;
  /** The name of the Auto Scaling group. */
  name: string;
  /** The name of the group in the configuration. */
  group: string;
  cloud: Cloud;
  pull: (lever: Lever) => void;
  later: (minutes: number, job: () => void) => void;
}>;

export type Accident = Readonly<{ kind: string; detail: string; happen: (hands: Hands) => void }>;

const PROCESSES = [
  'Launch',
  'Terminate',
  'AlarmNotification',
  'ScheduledActions',
  'ReplaceUnhealthy',
  'HealthCheck',
];

/** The accidents of a group, each for its kind of fault. */
export const GROUP_ACCIDENTS: readonly Accident[] = [
  {
    kind: 'F16',
    detail: 'bounds move',
    happen: ({ dice, pull }) =>
      pull((fleet) => {
        fleet.min = (fleet.spec.baseline ?? 0) + dice.pick(4);
        fleet.max = fleet.min + 2 + dice.pick(12);
        fleet.desired = Math.min(Math.max(fleet.desired, fleet.min), fleet.max);
      }),
  },
  {
    kind: 'F17',
    detail: 'somebody else sets it',
    happen: ({ dice, pull, now }) =>
      pull((fleet) => {
        const desired = fleet.min + dice.pick(fleet.max - fleet.min + 1);
        const cause = `At ${isoTime(now)} a user request explicitly set group desired capacity changing the desired capacity from ${fleet.desired} to ${desired}.`;
        const activity = { at: now, isFailed: false, cause, message: '' };
        fleet.activities = [activity, ...fleet.activities].slice(0, 10);
        fleet.desired = desired;
      }),
  },
  {
    kind: 'F17',
    detail: 'the tag is taken off, or names another deployment',
    happen: ({ dice, pull, later }) => {
      const set = (tag: string | undefined) =>
        pull((fleet) => {
          fleet.tag = tag;
        });
      const minutes = 1 + dice.pick(10);
      set(minutes % 2 === 0 ? undefined : 'tidegate-other');
      later(minutes, () => set(DEPLOYMENT));
    },
  },
  {
    kind: 'F17',
    detail: 'the tag is taken off a target group',
    happen: ({ dice, later, cloud, name }) => {
      const arn = dice.one(cloud.autoScaling.truth(name)?.targetGroupArns ?? []);
      if (arn === undefined) return;
      cloud.loadBalancing.setManaged(arn, false);
      later(1 + dice.pick(20), () => cloud.loadBalancing.setManaged(arn, true));
    },
  },
  {
    kind: 'F18',
    detail: 'a process is suspended',
    happen: ({ dice, pull, later }) => {
      const process = dice.one(PROCESSES) ?? 'Launch';
      pull(({ suspended }) => suspended.add(process));
      later(1 + dice.pick(15), () => pull(({ suspended }) => suspended.delete(process)));
    },
  },
  {
    kind: 'F18',
    detail: 'an instance is special',
    happen: (hands) => hands.pull((fleet) => makeSpecial(hands, fleet)),
  },
  {
    kind: 'F18',
    detail: 'hooks hang',
    happen: ({ dice, pull, now }) =>
      pull((fleet) => {
        fleet.hooksHangUntil = now + dice.pick(10) * MINUTE_MS;
        fleet.hookLimitMs = hookLimitOf(dice, fleet);
      }),
  },
  {
    kind: 'F18',
    detail: 'an instance refresh',
    happen: ({ pull }) =>
      pull((fleet) => {
        fleet.outdated = new Set(fleet.machines.map(({ id }) => id));
      }),
  },
  {
    kind: 'F18',
    detail: 'CloudFormation is at work',
    happen: ({ dice, pull, now }) =>
      pull((fleet) => {
        fleet.stackBusyUntil = now + dice.pick(15) * MINUTE_MS;
      }),
  },
  {
    kind: 'F18',
    detail: 'a zonal shift',
    happen: ({ dice, pull, now }) =>
      pull((fleet) => {
        fleet.shiftedUntil = now + dice.pick(15) * MINUTE_MS;
      }),
  },
  {
    kind: 'F18',
    detail: 'somebody takes it in hand',
    happen: ({ dice, now, group, cloud }) => {
      cloud.overrides.set(group, overrideOf({ dice, now, name: group }));
    },
  },
  {
    kind: 'F18',
    detail: 'it is deleted and made again',
    happen: ({ dice, pull, later, cloud, name }) => {
      if (dice.random() < 0.8) return;
      pull((fleet) => {
        fleet.isBeingDeleted = true;
        fleet.min = 0;
        fleet.desired = 0;
      });
      later(3, () => cloud.autoScaling.remove(name));
      later(4 + dice.pick(5), () => cloud.autoScaling.restore(name));
    },
  },
  {
    kind: 'F19',
    detail: 'launches fail',
    happen: ({ dice, pull, now }) =>
      pull((fleet) => {
        fleet.launchesFailUntil = now + dice.pick(30) * MINUTE_MS;
      }),
  },
];

/** Auto Scaling waits for an hour by default. A healer would have to wait as long for a replacement. */
const hookLimitOf = (dice: Dice, { spec }: Fleet): number =>
  (spec.targetGroupArns.length === 0 ? (dice.one([10, 60, 60]) ?? 60) : 10) * MINUTE_MS;

const makeSpecial = ({ dice, cloud: { loadBalancing }, now }: Hands, fleet: Fleet): void => {
  const machine = dice.one(fleet.machines);
  if (!machine) return;

  const kind = dice.pick(3);
  if (kind === 0) machine.isProtected = true;
  else if (kind === 1) {
    // AWS puts only what is in service on standby.
    if (!hasArrived(machine, now)) return;
    machine.isStandby = !machine.isStandby;
    if (!machine.isStandby) loadBalancing.enterAgain(machine.id);
  } else machine.oddState = 'Quarantined:New';
};
