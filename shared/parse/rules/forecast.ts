import * as z from 'zod';
import type { ForecastRule } from '#domain/configuration/rule.ts';
import { checkLearned } from '#parse/configuration/check/check-learned.ts';
import { periodOf } from '#parse/configuration/check/period-of.ts';
import { checkMetric } from '#parse/configuration/check/rule-metrics.ts';
import type { Fault } from '#parse/configuration/fault.ts';
import { leaf } from '#parse/configuration/schema/leaf.ts';
import { mapping } from '#parse/configuration/schema/mapping.ts';
import { date } from '#parse/configuration/words/date.ts';
import { duration, durationText } from '#parse/configuration/words/duration.ts';
import { AUTO, orAuto } from '#parse/configuration/words/or-auto.ts';
import { perInstance } from '#parse/configuration/words/per-instance.ts';
import { percent } from '#parse/configuration/words/percent.ts';
import { commonRecord, onMissingRecord } from '#parse/record/rule-parts.ts';
import { text } from '#parse/record/values.ts';
import { common, metric, missing } from './parts.ts';
import type { RuleForm, RulePlace, RuleSpot } from './rule-form.ts';

const lead = duration({ min: 0, max: 1_500 });

const learned = mapping(
  'Values that `npx tidegate learn --write` found in the history of the group.',
  {
    perInstance: leaf(perInstance, 'The demand that one instance carries.').optional(),
    lead: leaf(lead, 'The time in which four of five launches came into service.').optional(),
    on: leaf(date, 'The last day of that history.'),
  },
);

const schema = mapping(
  'A rule that recommends the capacity that demand will need when an instance launched now serves.',
  {
    forecast: metric,
    perInstance: leaf(
      orAuto(perInstance),
      'The demand that one instance carries within its objective: N, "N per second" or "N per minute". Of a Sum, N is per second. auto: as learned.',
    ),
    risk: leaf(
      percent({ min: 1, max: 50 }),
      'The share of minutes in which demand may exceed what is planned for. Default: 10%.',
    ).prefault('10%'),
    margin: leaf(
      percent({ min: 0, max: 300 }),
      'A reserve on top, for what has no precedent. Default: 10%.',
    ).prefault('10%'),
    lead: leaf(
      orAuto(lead),
      'The time from a launch until the instance serves. auto: as learned. Default: 3m.',
    ).prefault('3m'),
    hold: leaf(
      duration({ min: 60, max: 600 }),
      'The time for which the largest recommendation counts on scale-in. Default: 3m.',
    ).prefault('3m'),
    learned: learned.optional(),
    ...missing,
    ...common,
  },
);

type ForecastInput = z.output<typeof schema>;

/** Minutes are what it forecasts by, and days of them. */
const check = (given: Partial<ForecastInput>, spot: RuleSpot): readonly Fault[] => {
  const { forecast } = given;
  const unknown = checkMetric(forecast, 'forecast', spot);
  const input = forecast === undefined ? undefined : spot.group.metrics.get(forecast);
  if (unknown.length > 0 || forecast === undefined || input === undefined) return unknown;

  const path = [...spot.path, 'forecast'];
  if ('query' in input) {
    return [
      {
        path,
        code: 'conflict',
        message: `${forecast} is a query of Metrics Insights, which sees the last three hours only`,
        expected: 'a metric with its own past, for a forecast looks back eight days',
      },
    ];
  }
  const period = periodOf(input, spot.group) ?? 0;
  return period <= 60
    ? checkLearned({ ...given, forecast }, spot)
    : [
        {
          path,
          code: 'conflict',
          message: `${forecast} has a period of ${durationText(period)}`,
          expected:
            'a metric with a period of at most 1m: after longer ones most of the time that a launch takes is gone before the rule sees anything',
        },
      ];
};

const normalise = (input: ForecastInput, place: RulePlace): Omit<ForecastRule, 'name'> => {
  const { learned: found } = input;
  const carried = input.perInstance === AUTO ? found?.perInstance : input.perInstance;
  const leadSeconds = input.lead === AUTO ? found?.lead : input.lead;
  return {
    kind: 'forecast',
    metric: input.forecast,
    ...(carried === undefined ? {} : { perInstance: carried.value }),
    per: carried?.per ?? (place.isCount(input.forecast) ? 'second' : 'value'),
    risk: input.risk / 100,
    margin: input.margin / 100,
    ...(leadSeconds === undefined ? {} : { leadSeconds }),
    holdSeconds: input.hold,
    ...(found === undefined ? {} : { learnedOn: found.on }),
    onMissing: input.onMissing ?? place.onMissing,
  };
};

/** `forecast: requests`, `perInstance: 45`. */
export const forecast: RuleForm<ForecastRule, ForecastInput> = {
  mark: 'forecast',
  schema,
  check,
  condition: () => undefined,
  normalise,
  record: z.object({
    kind: z.literal('forecast'),
    ...commonRecord,
    metric: text,
    perInstance: z.number().positive().optional(),
    per: z.enum(['second', 'minute', 'value']),
    risk: z.number().positive().max(1),
    margin: z.number().nonnegative(),
    leadSeconds: z.number().nonnegative().optional(),
    holdSeconds: z.number().nonnegative(),
    learnedOn: text.optional(),
    onMissing: onMissingRecord,
  }),
};
