import type { Behavior, Direction, Limit } from '#domain/configuration/behavior.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { describePeer } from '#domain/configuration/standby.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';

/** Says how fast a group may change, how often it is looked at, and what stands by for it: a line for each that the file says. */
export const describePace = (group: Group): readonly string[] => [
  ...describeBehavior(group.behavior),
  ...describeLooks(group),
  ...describePool(group),
  ...describeStandby(group),
];

const describeBehavior = (behavior: Behavior): readonly string[] => {
  const { scaleOut, scaleIn } = behavior;
  return [
    `cooldown: ${describeSeconds(scaleOut.cooldownSeconds)} before adding again, ${describeSeconds(scaleIn.cooldownSeconds)} before removing`,
    ...line('stabilization', [
      ...stabilization('adds to the smallest', scaleOut),
      ...stabilization('removes to the largest', scaleIn),
    ]),
    ...line('limits', [...limits('adds', scaleOut), ...limits('removes', scaleIn)]),
    ...describeForeignChange(behavior),
  ];
};

const line = (word: string, parts: readonly string[]): readonly string[] =>
  parts.length === 0 ? [] : [`${word}: ${parts.join(', ')}`];

/** The time for which an earlier recommendation still counts, where there is one. */
const stabilization = (deed: string, { stabilizeSeconds }: Direction): readonly string[] =>
  stabilizeSeconds === 0 ? [] : [`${deed} of the last ${describeSeconds(stabilizeSeconds)}`];

const limits = (deed: string, { limits: rates, select }: Direction): readonly string[] => {
  if (select === 'disabled') return [`never ${deed}`];
  if (rates.length === 0) return [];
  const which =
    rates.length === 1 ? '' : `, the ${select === 'max' ? 'larger' : 'smaller'} of them`;
  return [`${deed} at most ${rates.map(describeLimit).join(' or ')}${which}`];
};

const describeLimit = ({ amount, unit, periodSeconds }: Limit): string =>
  `${amount}${unit === 'percent' ? '%' : ''} in ${describeSeconds(periodSeconds)}`;

const describeForeignChange = ({ onForeignChange }: Behavior): readonly string[] => {
  if (onForeignChange === 'adopt') return [];
  return onForeignChange === 'restore'
    ? ['changes by others: what is taken away is put back, once']
    : [`changes by others: left alone for ${describeSeconds(onForeignChange.hold)}`];
};

/** True when the file says how often the group is looked at, so that a line tells it. */
export const hasPaceOfLooks = (group: Group): boolean => describeLooks(group).length > 0;

const describeLooks = ({ everySeconds, looksWhenDue }: Group): readonly string[] => {
  if (looksWhenDue) return ['looked at every minute, and when a new value is due'];
  return everySeconds === undefined ? [] : [`looked at every ${describeSeconds(everySeconds)}`];
};

const describePool = ({ warmPool }: Group): readonly string[] =>
  warmPool === undefined
    ? []
    : [
        `warm pool: stopped instances, which serve ${describeSeconds(warmPool.wakeSeconds)} after their start; those that leave are ${warmPool.isReused ? 'kept' : 'terminated'}`,
      ];

const describeStandby = ({ standby }: Group): readonly string[] =>
  standby === undefined
    ? []
    : [
        `stands in for ${describePeer(standby.of)}: at least ${standby.minPercent}% of its capacity while it is impaired`,
      ];
