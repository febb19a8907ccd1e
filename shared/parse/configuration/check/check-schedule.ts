import type { RuleInputs } from '#parse/configuration/schema/rule-schema.ts';
import type { GroupDraft } from '../draft.ts';
import type { Fault, Path } from '../fault.ts';
import { checkWindow } from './check-window.ts';

type ScheduleSpot = Readonly<{ path: Path; group: GroupDraft }>;
type ScheduleInput = Partial<RuleInputs['schedule']>;

/** A schedule says when, and what then: either again and again, or once. */
export const checkSchedule = (given: ScheduleInput, { path }: ScheduleSpot): readonly Fault[] => [
  ...(given.schedule ? checkWindow(given.schedule, [...path, 'schedule']) : []),
  ...checkEffect(given, path),
];

const checkEffect = ({ min, max, capacity }: ScheduleInput, path: Path): readonly Fault[] => {
  const fault = { path, code: 'conflict' } as const;
  if (min === undefined && max === undefined && capacity === undefined) {
    return [
      { ...fault, at: 'key', message: 'it changes nothing', expected: 'min, max or capacity' },
    ];
  }

  return min !== undefined && max !== undefined && min > max
    ? [
        {
          path: [...path, 'min'],
          code: 'conflict',
          message: `the minimum of ${min} is above the maximum of ${max}`,
          expected: 'min no larger than max',
        },
      ]
    : [];
};
