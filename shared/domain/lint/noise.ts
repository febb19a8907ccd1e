import type { Configuration } from '#domain/configuration/configuration.ts';
import type { Finding } from './finding.ts';

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
