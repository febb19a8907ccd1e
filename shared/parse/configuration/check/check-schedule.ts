import type { GroupDraft } from '../draft.ts';
import type { Fault, Path } from '../fault.ts';
import type { RuleInputs } from '../schema/rule-schema.ts';

type Spot = Readonly<{ path: Path; group: GroupDraft }>;
type ScheduleInput = Partial<RuleInputs['schedule']>;

/** A schedule says when, and what then: either again and again, or once. */
export const checkSchedule = (given: ScheduleInput, { path }: Spot): readonly Fault[] => [
  ...(given.schedule ? checkWindow(given.schedule, [...path, 'schedule']) : []),
  ...checkEffect(given, path),
];

/** A window is told by two cron lines or by two local times. */
export const checkWindow = (
  { start, end, from, to }: RuleInputs['schedule']['schedule'],
  path: Path,
): readonly Fault[] => {
  const keys = Object.entries({ start, end, from, to })
    .filter(([, value]) => value !== undefined)
    .map(([key]) => key)
    .join(' and ');
  if (keys === 'start and end') {
    const fault = { path: [...path, 'end'], code: 'conflict' } as const;
    const message = 'it ends whenever it begins';
    return start === end ? [{ ...fault, message, expected: 'an end other than the start' }] : [];
  }
  const expected = 'start and end, two cron lines, or from and to, two local times';
  if (keys !== 'from and to') {
    const message = keys === '' ? 'it does not say when' : `it says only ${keys}`;
    return [{ path, code: 'conflict', message, expected }];
  }

  return String(from) < String(to)
    ? []
    : [
        {
          path: [...path, 'to'],
          code: 'conflict',
          message: 'it ends before it begins',
          expected: 'to later than from',
        },
      ];
};

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
