import type { Fleet } from '#domain/configuration/configuration.ts';
import { type MemberParts, memberOfAlarm, partsOfMember } from '#domain/configuration/fleet.ts';
import { alarmsOf } from '#domain/configuration/rule.ts';

/** The subject of a message: a group by its name, or an alarm by its own. */
export type AskedAbout = Readonly<{ group: string }> | Readonly<{ alarm: string }>;

/**
 * The members of fleets that a message may be about, by names alone: of an alarm that is named as the alarms of members
 * are, the member of that name. Only the table knows whether they are members.
 */
export const membersAsked = (
  fleets: readonly Fleet[],
  about: AskedAbout,
): readonly MemberParts[] => {
  if ('group' in about) {
    const parts = partsOfMember(about.group);
    return parts !== undefined && fleets.some(({ name }) => name === parts.fleet) ? [parts] : [];
  }
  return fleets.flatMap(({ name: fleet, template }) =>
    alarmsOf(template.rules).flatMap((pattern) => {
      const autoScalingGroup = memberOfAlarm(pattern, about.alarm);
      return autoScalingGroup === undefined ? [] : [{ fleet, autoScalingGroup }];
    }),
  );
};
