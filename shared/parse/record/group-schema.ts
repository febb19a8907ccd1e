import * as z from 'zod';
import { ruleRecord } from '#parse/rules/rule-schema.ts';
import { capacity, text } from './values.ts';

const seconds = z.number().nonnegative();
const percent = z.number().nonnegative();

const stat = z.object({
  kind: z.literal('stat'),
  namespace: text,
  metricName: text,
  statistic: text,
  dimensions: z.record(z.string(), text),
  periodSeconds: seconds,
  account: text.optional(),
  wholeAfterSeconds: seconds.optional(),
});

const metric = z.discriminatedUnion('kind', [
  stat,
  z.object({
    kind: z.literal('math'),
    expression: text,
    periodSeconds: seconds,
    uses: z.record(z.string(), stat),
  }),
  z.object({ kind: z.literal('query'), query: text, periodSeconds: seconds }),
]);

const direction = z.object({
  cooldownSeconds: seconds,
  stabilizeSeconds: seconds,
  tolerancePercent: percent,
  limits: z.array(
    z.object({
      amount: z.number().positive(),
      unit: z.enum(['capacity', 'percent']),
      periodSeconds: seconds,
    }),
  ),
  select: z.enum(['max', 'min', 'disabled']),
});

const health = z.object({
  watched: z.array(z.object({ alarm: text, targetGroup: text, loadBalancer: text })),
  unhealthyIn: z.enum(['all', 'any']),
  action: z.enum(['auto', 'replace', 'deregister', 'quarantine', 'notify']),
  unhealthyForSeconds: seconds,
  floorPercent: percent,
  floorCount: capacity,
  ceilingPercent: percent,
  probationSeconds: seconds.optional(),
  pace: z.object({ targets: capacity, percent, perSeconds: seconds }),
  quarantine: z.object({ seconds, isReplaced: z.boolean() }),
});

/** A group with its rules, as the deployment carried it. */
export const groupRecord = z.object({
  name: text,
  autoScalingGroup: text,
  capacity: z.object({ min: capacity.optional(), max: capacity.optional() }),
  metrics: z.record(z.string(), metric),
  rules: z.array(ruleRecord),
  behavior: z.object({
    scaleOut: direction,
    scaleIn: direction,
    warmupSeconds: seconds,
    onForeignChange: z
      .union([z.enum(['adopt', 'restore']), z.object({ hold: seconds })])
      .default('adopt'),
    flapping: z
      .object({
        reversals: z.number().int().min(2),
        withinSeconds: seconds,
        longestCooldownSeconds: seconds,
      })
      .optional(),
  }),
  everySeconds: z.number().int().min(15).max(30).optional(),
  looksWhenDue: z.literal(true).optional(),
  warmPool: z
    .object({ wakeSeconds: seconds, learnedOn: text.optional(), isReused: z.boolean() })
    .optional(),
  standby: z
    .object({
      of: z.object({ region: text.optional(), autoScalingGroup: text }),
      minPercent: percent,
    })
    .optional(),
  health: health.optional(),
  fleet: z.object({ name: text, tags: z.record(z.string(), text) }).optional(),
});
