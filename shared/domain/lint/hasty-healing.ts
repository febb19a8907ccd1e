import type { Group } from '#domain/configuration/configuration.ts';
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
