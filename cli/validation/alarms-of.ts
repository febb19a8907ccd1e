import type { Configuration } from '../../shared/domain/configuration.ts';

/** The names of the alarms that a deployment makes for a configuration. */
export const alarmsOf = ({ groups }: Configuration): readonly string[] =>
  groups.flatMap(({ rules, health }) => [
    ...rules.flatMap(({ alarm }) => (alarm.kind === 'generated' ? [alarm.name] : [])),
    ...(health === undefined ? [] : [health.alarm]),
  ]);
