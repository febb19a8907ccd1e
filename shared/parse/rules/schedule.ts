import * as z from 'zod';
import type { ScheduleRule } from '#domain/configuration/rule.ts';
import { checkWindow } from '#parse/configuration/check/check-window.ts';
import type { Fault, Path } from '#parse/configuration/fault.ts';
import { windowOf } from '#parse/configuration/normalise/window-of.ts';
import { leaf } from '#parse/configuration/schema/leaf.ts';
import { mapping } from '#parse/configuration/schema/mapping.ts';
import { window } from '#parse/configuration/schema/window-schema.ts';
import { held } from '#parse/record/held.ts';
import { commonRecord } from '#parse/record/rule-parts.ts';
import { capacity as capacityRecord, instant, text } from '#parse/record/values.ts';
import { capacity, common } from './parts.ts';
import type { RuleForm } from './rule-form.ts';

const schema = mapping('A schedule rule: bounds or a capacity, by the clock.', {
  schedule: window,
  min: leaf(capacity, 'The least capacity while the window is open.').optional(),
  max: leaf(capacity, 'The largest capacity while the window is open.').optional(),
  capacity: leaf(
    capacity,
    'The capacity that the rule recommends while the window is open.',
  ).optional(),
  ...common,
});

type ScheduleInput = z.output<typeof schema>;

const checkEffect = (
  { min, max, capacity }: Partial<ScheduleInput>,
  path: Path,
): readonly Fault[] => {
  if (min === undefined && max === undefined && capacity === undefined) {
    return [
      {
        path,
        code: 'conflict',
        at: 'key',
        message: 'it changes nothing',
        expected: 'min, max or capacity',
        lacks: ['min', 'max', 'capacity'],
      },
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

const windowRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('recurring'), start: text, end: text, timezone: text }),
  z.object({ kind: z.literal('once'), from: instant, to: instant }),
]);

/** `schedule: { start, end, timezone }`, with `min`, `max` or `capacity`. */
export const schedule: RuleForm<ScheduleRule, ScheduleInput> = {
  mark: 'schedule',
  schema,
  check: (given, { path }) => [
    ...(given.schedule ? checkWindow(given.schedule, [...path, 'schedule']) : []),
    ...checkEffect(given, path),
  ],
  condition: () => undefined,
  normalise: ({ schedule: input, min, max, capacity: wanted }) => ({
    kind: 'schedule',
    window: windowOf(input),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(wanted === undefined ? {} : { capacity: wanted }),
  }),
  record: held<ScheduleRule>()(
    z.object({
      kind: z.literal('schedule'),
      ...commonRecord,
      window: windowRecord,
      min: capacityRecord.optional(),
      max: capacityRecord.optional(),
      capacity: capacityRecord.optional(),
    }),
  ),
};
