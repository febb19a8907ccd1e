import { rulesOfActions, type TimedAction } from '../schedules.ts';
import type { ImportNote, Translation } from '../translation.ts';
import { translatePolicy } from './policies.ts';
import type { AlarmOfFile, AwsGroup, AwsPolicy, AwsScheduledAction } from './schemas.ts';
import {
  type ServiceAction,
  type ServicePolicy,
  translateServiceActions,
  translateServicePolicy,
} from './services.ts';

type InFile<T> = Readonly<{ file: string; value: T }>;

/** Everything that the command line of AWS has printed about Auto Scaling groups, of all files together. */
export type AwsFindings = Readonly<{
  policies: readonly InFile<AwsPolicy>[];
  actions: readonly InFile<AwsScheduledAction>[];
  groups: readonly InFile<AwsGroup>[];
  alarms: readonly InFile<AlarmOfFile>[];
  servicePolicies: readonly InFile<ServicePolicy>[];
  serviceActions: readonly InFile<ServiceAction>[];
}>;

/** Rules from the policies, the scheduled actions and the groups, with the alarms that the policies name. */
export const translateAws = (found: AwsFindings): readonly Translation[] => {
  const alarms = alarmsByName(found);
  return [
    ...found.groups.map(({ value }) => translateGroup(value)),
    ...found.policies.map(({ file, value }) => translatePolicy({ file, policy: value }, alarms)),
    ...translateActions(found.actions),
    ...found.servicePolicies.map((policy) => translateServicePolicy(policy, alarms)),
    ...translateServiceActions(found.serviceActions),
  ];
};

/** Alarms by their names, which an account has once in a Region. */
const alarmsByName = ({ alarms }: Pick<AwsFindings, 'alarms'>): ReadonlyMap<string, AlarmOfFile> =>
  new Map(alarms.map(({ value }) => [value.AlarmName, value]));

const targetOf = (name: string) => ({ name, autoScalingGroup: name });

const translateGroup = ({
  AutoScalingGroupName: name,
  MinSize: min,
  MaxSize: max,
  DefaultInstanceWarmup: warmup,
}: AwsGroup): Translation => ({
  target: targetOf(name),
  bounds: { min, max },
  paces:
    warmup === undefined
      ? []
      : [{ key: 'warmup', value: warmup, because: 'DefaultInstanceWarmup of the group.' }],
});

const translateActions = (actions: readonly InFile<AwsScheduledAction>[]): readonly Translation[] =>
  [...new Set(actions.map(({ value }) => value.AutoScalingGroupName))].map((name) => {
    const own = actions.filter(({ value }) => value.AutoScalingGroupName === name);
    const timed = own.map(timedAction);
    const { rules, notes } = rulesOfActions(timed.flatMap((each) => each ?? []));
    const untimed = own.flatMap((each, index) => (timed[index] === undefined ? [never(each)] : []));
    return { target: targetOf(name), rules, notes: [...untimed, ...notes] };
  });

const timedAction = ({ file, value }: InFile<AwsScheduledAction>): TimedAction | undefined => {
  const { Recurrence, StartTime, EndTime } = value;
  const bounds = { min: value.MinSize, max: value.MaxSize, desired: value.DesiredCapacity };
  const named = { file, name: value.ScheduledActionName, ...bounds };
  if (Recurrence !== undefined) {
    const isBounded = EndTime !== undefined;
    return {
      ...named,
      timezone: value.TimeZone === 'Etc/UTC' ? 'UTC' : value.TimeZone,
      when: { kind: 'recurring', cron: Recurrence, isBounded },
    };
  }
  const at = Date.parse(StartTime ?? '');
  return Number.isNaN(at)
    ? undefined
    : {
        ...named,
        timezone: 'UTC',
        when: { kind: 'once', at: new Date(at).toISOString().slice(0, 16) },
      };
};

const never = ({ file, value }: InFile<AwsScheduledAction>): ImportNote => ({
  kind: 'left-out',
  file,
  about: value.ScheduledActionName,
  message: 'it says no time',
  why: 'the action has neither a Recurrence nor a StartTime that can be read',
});
