import { type FleetHealthInput, fleetHealth } from '#parse/configuration/schema/health-schema.ts';
import { quote } from '../describe-value.ts';
import type { GroupDraft } from '../draft.ts';
import type { Fault } from '../fault.ts';
import { valueAt } from '../mapping.ts';

/** Each target group is watched once, and nobody undoes a quarantine. */
export const checkHealth = (group: GroupDraft): readonly Fault[] => [
  ...repeatedTargetGroups(group),
  ...undoneQuarantine(group, group.given.health),
];

/** Nobody undoes a quarantine of a member. */
export const checkFleetHealth = (root: unknown, fleet: GroupDraft): readonly Fault[] => {
  const value = valueAt(valueAt(valueAt(root, 'fleets'), fleet.name), 'health');
  const parsed = fleetHealth.safeParse(value);
  return parsed.success ? undoneQuarantine(fleet, parsed.data) : [];
};

const repeatedTargetGroups = ({ path, given: { health } }: GroupDraft): readonly Fault[] => {
  const seen = new Set([health?.targetGroup]);
  return (health?.also ?? []).flatMap(({ targetGroup }, index) => {
    const isRepeated = seen.has(targetGroup);
    seen.add(targetGroup);
    if (!isRepeated) return [];

    return [
      {
        path: [...path, 'health', 'also', index, 'targetGroup'],
        code: 'conflict',
        message: `the target group ${quote(targetGroup)} is watched already`,
        expected: 'each target group once',
      },
    ];
  });
};

/** Without a replacement the desired capacity becomes smaller, which `restore` would undo. */
const undoneQuarantine = (
  { path, given: { behavior } }: GroupDraft,
  health: Pick<FleetHealthInput, 'action' | 'quarantine'> | undefined,
): readonly Fault[] =>
  health?.action === 'quarantine' &&
  health.quarantine.replacement === 'none' &&
  behavior?.onForeignChange === 'restore'
    ? [
        {
          path: [...path, 'health', 'quarantine', 'replacement'],
          code: 'conflict',
          message:
            'the group would become smaller, and behavior.onForeignChange: restore would launch another instance',
          expected: 'replacement: launch, or another onForeignChange',
        },
      ]
    : [];
