import type { Configuration } from '#domain/configuration/configuration.ts';

/** The names of the alarms that a deployment makes for a configuration. */
export const alarmsOf = ({ groups, alerts }: Configuration): readonly string[] => [
  ...groups.flatMap(({ rules, health }) => [
    ...rules.flatMap((rule) =>
      rule.kind === 'threshold' && rule.alarm.kind === 'generated' ? [rule.alarm.name] : [],
    ),
    ...(health === undefined ? [] : health.watched.map(({ alarm }) => alarm)),
  ]),
  ...alerts.map(({ alarm }) => alarm),
];
