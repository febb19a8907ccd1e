import { AUTO } from '#parse/configuration/words/or-auto.ts';
import { quote } from '../describe-value.ts';
import type { GroupDraft } from '../draft.ts';
import type { Fault } from '../fault.ts';

/** Bounds in the right order, a forecast where there is a warm pool, a peer that is another group, and one owner for each Auto Scaling group. */
export const checkGroups = (groups: readonly GroupDraft[]): readonly Fault[] => {
  const owners = new Map<string, string>();
  return groups.flatMap((group) => [
    ...checkBounds(group),
    ...checkWarmPool(group),
    ...checkLearnedWake(group),
    ...checkStandby(group),
    ...checkOwner(group, owners),
  ]);
};

const checkBounds = ({ path, given: { capacity } }: GroupDraft): readonly Fault[] => {
  const { min, max } = capacity ?? {};
  if (min === undefined || max === undefined || min <= max) return [];

  return [
    {
      path: [...path, 'capacity', 'min'],
      code: 'conflict',
      message: `the minimum of ${min} is above the maximum of ${max}`,
      expected: 'min no larger than max',
    },
  ];
};

/** A learned wake counts only where the file does not say one. */
const checkLearnedWake = ({ path, given: { warmPool } }: GroupDraft): readonly Fault[] =>
  warmPool?.learned === undefined || warmPool.wake === undefined || warmPool.wake === AUTO
    ? []
    : [
        {
          path: [...path, 'warmPool', 'learned'],
          code: 'conflict',
          message: 'wake is said above, so what was learned would never count',
          expected: 'wake: auto, or nothing here',
        },
      ];

/** The size of a warm pool follows from a forecast. */
const checkWarmPool = ({
  path,
  given: { warmPool },
  rules,
  hasUnclearRules,
}: GroupDraft): readonly Fault[] => {
  const hasForecast = [...rules.values()].some(({ kind }) => kind === 'forecast');
  if (warmPool === undefined || hasForecast || hasUnclearRules) return [];

  return [
    {
      path: [...path, 'warmPool'],
      code: 'conflict',
      message: 'no rule of the group forecasts, so nothing would size its warm pool',
      expected: 'a rule with forecast beside it',
      suggestion: 'add a rule with forecast, or take warmPool away',
      lacks: [],
    },
  ];
};

/** A group that is away cannot stand in for itself. */
const checkStandby = ({
  path,
  given: { autoScalingGroup, standby },
}: GroupDraft): readonly Fault[] =>
  standby !== undefined &&
  standby.of.region === undefined &&
  standby.of.autoScalingGroup === autoScalingGroup
    ? [
        {
          path: [...path, 'standby', 'of'],
          code: 'conflict',
          message: `${quote(standby.of.autoScalingGroup)} is the group itself`,
          expected: 'another Auto Scaling group; of another Region as REGION/NAME',
        },
      ]
    : [];

const checkOwner = (
  { name, path, given: { autoScalingGroup } }: GroupDraft,
  owners: Map<string, string>,
): readonly Fault[] => {
  if (autoScalingGroup === undefined) return [];

  const owner = owners.get(autoScalingGroup);
  if (owner === undefined) {
    owners.set(autoScalingGroup, name);
    return [];
  }

  return [
    {
      path: [...path, 'autoScalingGroup'],
      code: 'conflict',
      message: `the Auto Scaling group ${quote(autoScalingGroup)} belongs to group ${quote(owner)} already`,
      expected: 'each Auto Scaling group in one group only',
      suggestion: `put all rules into group ${quote(owner)}`,
    },
  ];
};
