import { quote } from '../describe-value.ts';
import type { GroupDraft } from '../draft.ts';
import type { Fault } from '../fault.ts';

/** Each target group is watched once, and nobody undoes a quarantine. */
export const checkHealth = (group: GroupDraft): readonly Fault[] => [
  ...repeatedTargetGroups(group),
  ...undoneQuarantine(group),
];

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
const undoneQuarantine = ({ path, given: { health, behavior } }: GroupDraft): readonly Fault[] =>
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
