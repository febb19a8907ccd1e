import type { Configuration } from '#domain/configuration/configuration.ts';
import { factsOf } from '#domain/configuration/rule.ts';

/** The names of the alarms that a deployment makes for a configuration. */
export const alarmsOf = ({ groups, alerts }: Configuration): readonly string[] => [
  ...groups.flatMap(({ rules, health }) => [
    ...rules.flatMap((rule) => {
      const { alarm } = factsOf(rule);
      return alarm?.kind === 'generated' ? [alarm.name] : [];
    }),
    ...(health === undefined ? [] : health.watched.map(({ alarm }) => alarm)),
  ]),
  ...alerts.map(({ alarm }) => alarm),
];
