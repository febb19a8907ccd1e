import type { Group } from '#domain/configuration/configuration.ts';
import type { Finding } from './finding.ts';

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
