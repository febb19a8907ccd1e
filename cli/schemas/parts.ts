import * as z from 'zod';
import type { Failure } from '#cli/output/failure.ts';
import type { Place } from '#cli/output/place.ts';
import type {
  CapacityDecision,
  HealthDecision,
  PoolDecision,
  Registration,
  Removal,
  TraceLine,
} from '#domain/ledger/decision.ts';
import { OUTCOME_KINDS } from '#domain/ledger/outcome.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import type { ConfigurationProblem } from '#parse/configuration/configuration-problem.ts';
import type { HistoryProblem } from '#parse/history/points.ts';
import type { ImportProblem } from '#parse/import/import-problem.ts';
import type { ImportNote } from '#parse/import/translation.ts';
import { anyOutcome } from '#parse/outcome-schema.ts';

/** The schema of an object that has a schema for each field of a type: one that is forgotten does not compile. */
export const objectOf = <T>(fields: Readonly<Record<keyof T, z.ZodType>>): z.ZodObject =>
  z.object(fields);

export const text = z.string();
export const texts = z.array(text);
export const count = z.int().min(0);
/** JSON has no word for what is infinite, and says null. */
export const numberOrNull = z.number().nullable();
export const instant = z.int().min(0).describe('Milliseconds since 1970.');
export const reason = z
  .string()
  .min(1)
  .describe('A word of docs/reasons.md; new ones may be added.');

export const place = objectOf<Place>({
  service: text.optional(),
  stage: text.optional(),
  stack: text.optional(),
  table: text.optional(),
  region: text.optional(),
  account: text.optional(),
  version: text.optional(),
}).describe('The deployment that was reached.');

type AnyProblem = Omit<ConfigurationProblem, 'frame'> & ImportNote & HistoryProblem & ImportProblem;

/** A mistake of a file of any kind: of a tidegate.yml, of a history, or of policies to import. */
export const problem = objectOf<AnyProblem>({
  kind: text.optional(),
  about: text.optional(),
  why: text.optional(),
  place: text.optional(),
  help: text.optional(),
  file: text.optional(),
  line: z.int().min(1).optional(),
  column: z.int().min(1).optional(),
  path: text.optional(),
  code: text.optional(),
  message: text,
  expected: text.optional(),
  suggestion: text.optional(),
});

export const error = objectOf<Omit<Failure, 'frames'>>({
  code: text.describe('A code of docs/cli.md.'),
  message: text,
  help: text.optional(),
  problems: z.array(problem).optional(),
});

const traceLine = objectOf<TraceLine>({
  stage: text,
  verdict: z.enum(['recommend', 'shadow', 'abstain', 'pass', 'bend', 'hold']),
  reason,
  detail: text,
  subject: text.optional(),
  capacity: z.number().optional(),
});

const decided = {
  id: z.string().min(1),
  group: text,
  at: instant,
  reason,
  summary: text.describe('The sentence that people read.'),
  trace: z.array(traceLine).describe('What each rule recommended, and what each gate did.'),
  autoScalingGroup: text,
};

const CAPACITY = {
  ...decided,
  kind: z.literal('capacity'),
  from: z.number(),
  to: z.number(),
  wanted: z.number(),
  rule: text.optional(),
  bounds: z.object({ min: z.number(), max: z.number() }).optional(),
  instanceType: text.optional(),
  pool: z
    .object({
      from: z.number().optional(),
      to: z.number(),
      prepared: z.number(),
      isReused: z.boolean(),
    } as const satisfies Readonly<Record<keyof PoolDecision, z.ZodType>>)
    .optional(),
} as const satisfies Readonly<Record<keyof CapacityDecision, z.ZodType>>;

const REGISTRATION = {
  targetGroupArn: text,
  targetId: text,
  port: count,
  availabilityZone: text.optional(),
} as const satisfies Readonly<Record<keyof Registration, z.ZodType>>;

const REMOVAL = {
  ...REGISTRATION,
  instanceId: text.optional(),
  standby: z.looseObject({}).optional(),
  probationSeconds: z.number().optional(),
  cause: text,
} as const satisfies Readonly<Record<keyof Removal, z.ZodType>>;

const HEALTH = {
  ...decided,
  kind: z.literal('health'),
  removals: z.array(z.object(REMOVAL)),
  returned: z.object(REGISTRATION).optional(),
  alsoReturned: z.array(z.object(REGISTRATION)).optional(),
  released: text.optional(),
} as const satisfies Readonly<Record<keyof HealthDecision, z.ZodType>>;

export const capacityDecision = z.object(CAPACITY);
export const healthDecision = z.object(HEALTH);
export const decision = z.discriminatedUnion('kind', [capacityDecision, healthDecision]);

export const recorded = objectOf<RecordedDecision>({
  id: z.string().min(1),
  group: text,
  at: instant,
  status: z.enum(['planned', 'held', 'applied', 'refused', 'superseded']),
  reason,
  summary: text,
  settledAt: instant.optional(),
  outcome: anyOutcome.optional(),
  outcomeKind: z
    .enum(OUTCOME_KINDS)
    .optional()
    .describe('Of a hold whose reason alone would tell another kind.'),
  goesOn: z.literal(true).optional().describe('People had been told of this trouble before.'),
  configuration: text.optional().describe('The hash of the tidegate.yml that decided.'),
  recordMissing: text.optional(),
});

export const override = z.object({
  id: text,
  kind: z.enum(['pause', 'pin', 'cap']),
  capacity: count.optional().describe('Of pins and caps.'),
  by: text,
  reason: text,
  since: instant,
  until: instant,
  ended: z.object({ by: text, at: instant, reason: text.optional() }).optional(),
});
