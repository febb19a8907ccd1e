import * as z from 'zod';
import { OUTCOME_KINDS, type Outcome, type OutcomeKind } from '#domain/ledger/outcome.ts';

const capacity = z.int().min(0);
const bounds = z.object({ min: capacity, max: capacity });
const change = z.object({ from: capacity, to: capacity });

/** Each field of an outcome; one that is new and has no schema does not compile. */
const FIELDS = {
  schemaVersion: z.literal(1),
  kind: z.enum(OUTCOME_KINDS),
  decisionId: z.string().min(1).describe('The id by which the ledger knows the decision.'),
  group: z.string().min(1).describe('The name of the group in tidegate.yml.'),
  autoScalingGroup: z.string().min(1),
  at: z.int().min(0).describe('The time of the decision, in milliseconds since 1970.'),
  reason: z.string().min(1).describe('A word of docs/reasons.md; new ones may be added.'),
  about: z.enum(['capacity', 'health']).optional(),
  summary: z.string().describe('The sentence that people read.'),
  capacity: change.optional().describe('The change of the desired capacity.'),
  rule: z.string().optional().describe('The rule that was followed.'),
  wishes: z.array(z.object({ rule: z.string(), capacity: z.number() })).optional(),
  bounds: bounds.optional().describe('Between which capacities the decision was free.'),
  instanceType: z.string().optional(),
  targets: z.array(z.string()).optional().describe('The targets or the instance that it is about.'),
  droppedBefore: z.int().min(1).optional(),
} as const satisfies Readonly<Record<keyof Outcome, z.ZodType>>;

/** The form of an outcome of any kind. */
export const anyOutcome = z.object(FIELDS);

/** The form of the outcomes of one kind, as they are published: what changes a capacity says from where and to what. */
export const outcomeSchema = (kind: OutcomeKind) =>
  z.object({
    ...FIELDS,
    kind: z.literal(kind),
    ...(kind === 'scaled' ? { capacity: change } : {}),
  });

/** The JSON Schema of the outcomes of one kind. Readers must bear fields that they do not know. */
export const outcomeJsonSchema = (kind: OutcomeKind): Record<string, unknown> => {
  const { $schema, ...keywords } = z.toJSONSchema(outcomeSchema(kind), {
    target: 'draft-7',
    io: 'input',
  });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `urn:tidegate:outcome:${kind}:1`,
    title: `An outcome of the kind ${kind}, version 1`,
    ...keywords,
  };
};
