import * as z from 'zod';
import type { RecordedGroup } from '#cli/history/record-history.ts';
import type { HistoryFinding } from '#domain/history/group-history.ts';
import type { Known } from '#simulator/compare/conditions-of.ts';
import type { Row } from '#simulator/compare/row.ts';
import { count, decision, instant, numberOrNull, objectOf, text, texts } from './parts.ts';

const recordedGroup = objectOf<RecordedGroup>({
  group: text,
  autoScalingGroup: text,
  series: z.record(text, count).describe('Points of each series.'),
  launches: count,
});

export const record = z.object({
  directory: text,
  region: text,
  from: text,
  to: text,
  periodSeconds: count,
  calls: count,
  groups: z.array(recordedGroup),
});

const interval = z.tuple([numberOrNull, numberOrNull]);

const policy = objectOf<Row>({
  name: text,
  kind: z.enum(['rules', 'peer', 'bound']),
  setting: text.optional(),
  instanceHours: z.number(),
  cost: z.number(),
  violated: numberOrNull.describe('A share, from 0 to 1.'),
  worstHour: numberOrNull,
  minutesAtMaximum: z.number(),
  changes: z.number(),
  reversals: z.number(),
  overOptimum: numberOrNull,
  costInterval: interval,
  violatedInterval: interval,
});

const finding = objectOf<HistoryFinding>({ code: text, subject: text, message: text });

const known = objectOf<Known>({
  carried: z.number(),
  atFullCpu: z.number(),
  bootSeconds: z.array(z.number()).optional(),
  failedShare: z.number().optional(),
  latencySeconds: z.number().optional(),
});

const front = z.object({
  name: text,
  points: z.array(z.object({ violated: numberOrNull, overOptimum: numberOrNull, label: text })),
});

export const backtest = z.object({
  group: text,
  history: z.object({
    from: text,
    days: z.number(),
    holes: count,
    saturated: count,
    findings: z.array(finding),
  }),
  instances: known,
  notes: texts,
  seeds: count,
  policies: z.array(policy),
  fronts: z.array(front),
  firstDifference: z
    .object({
      at: instant,
      begin: instant,
      decisions: z.array(z.object({ name: text, decision })),
    })
    .nullable(),
  failIf: z.object({ condition: text, holds: z.boolean() }).nullable(),
  page: text.optional(),
});

const total = z.object({ cost: z.number(), violated: numberOrNull });

export const tune = z.object({
  tried: count,
  days: z.number(),
  allowed: z.number(),
  before: total,
  after: total.describe('On days that it was not tuned on.'),
  saved: z.number(),
  isBetter: z.boolean(),
  changes: z.array(z.object({ path: text, from: z.unknown(), to: z.unknown() })),
  diff: text,
  notes: texts,
});

const value = z.object({
  rule: text,
  key: text,
  was: z.number().nullable(),
  learnedOn: text.nullable(),
  now: z.number(),
  isDue: z.boolean(),
});

export const learn = z.object({
  group: text,
  file: text,
  on: text,
  drift: z.number(),
  values: z.array(value),
  diff: text,
  isWritten: z.boolean(),
  notes: texts,
});
