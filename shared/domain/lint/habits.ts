import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import type { Finding } from './finding.ts';

/** Health checks fail for a moment in every deployment. */
export const findHastyHealing = ({ name, health }: Group): readonly Finding[] =>
  health === undefined || health.action === 'notify' || health.unhealthyForSeconds >= 120
    ? []
    : [
        {
          code: 'heals-too-soon',
          group: name,
          rules: [],
          message: `targets are replaced after ${health.unhealthyForSeconds} s`,
          why: 'a deployment, a pause for garbage or a slow dependency lasts as long, and replacing makes it worse',
          example: 'an application that restarts in 90 s loses its instance each time',
          fix: 'let health.unhealthyFor be 2m or more',
        },
      ];

/** A group without rules and without health is in the file, and nothing is done for it. */
export const findIdleGroups = ({ name, rules, health }: Group): readonly Finding[] =>
  rules.length > 0 || health !== undefined
    ? []
    : [
        {
          code: 'no-rules',
          group: name,
          rules: [],
          message: 'the group has no rules and no health',
          why: 'its bounds are kept, if it has any, and nothing ever scales or heals it',
          example: 'its processors are busy for hours, and its capacity stays as it is',
          fix: 'add rules, or health, or take the group out of the file',
        },
      ];

/** Mail about what passes by itself is mail that nobody reads. */
export const findNoise = ({ channels, routes }: Configuration): readonly Finding[] => {
  const mail = channels.filter(({ kind }) => kind === 'email').map(({ name }) => name);
  const noisy = routes.filter(
    ({ on, to }) =>
      on.some((kind) => kind === 'held' || kind === 'alarm') &&
      to.some((name) => mail.includes(name)),
  );
  return noisy.length === 0
    ? []
    : [
        {
          code: 'too-much-mail',
          group: 'notify',
          rules: [],
          message: 'a route sends held or alarm by e-mail',
          why: 'both come often and pass by themselves; people stop reading, and miss what matters',
          example: 'an alarm that flaps every minute sends 60 messages an hour',
          fix: 'send them to a chat channel, or nowhere',
        },
      ];
};
