import * as z from 'zod';
import type { Finding } from '#domain/lint/finding.ts';
import type { ImportNote } from '#parse/import/translation.ts';
import {
  capacityDecision,
  count,
  decision,
  healthDecision,
  objectOf,
  problem,
  text,
  texts,
} from './parts.ts';

const note = objectOf<ImportNote>({
  kind: z.enum(['left-out', 'differs']),
  file: text,
  about: text,
  message: text,
  why: text,
});

export const init = z.object({
  files: texts,
  groups: texts,
  left: z.array(z.object({ autoScalingGroup: text, why: text })),
  notes: z.array(note),
});

const group = z.object({
  name: text,
  autoScalingGroup: text,
  capacity: z.object({ min: count.optional(), max: count.optional() }),
  rules: z.array(z.object({ name: text, sentence: text, kind: text, alarm: text.optional() })),
});

export const validate = z.object({
  valid: z.boolean(),
  file: text,
  problems: z.array(problem),
  summary: z
    .object({
      groups: z.array(group),
      alarms: texts,
      channels: z.array(z.object({ kind: text, name: text })),
    })
    .nullable(),
});

const finding = objectOf<Finding>({
  code: text,
  isHint: z.literal(true).optional(),
  group: text,
  rules: texts,
  message: text,
  why: text,
  example: text,
  fix: text,
});

export const lint = z.object({ file: text, findings: z.array(finding) });

export const schema = z.object({ schema: z.looseObject({}) });

export const imported = z.object({
  file: text.optional(),
  groups: z.array(z.object({ name: text, autoScalingGroup: text, rules: texts })),
  notes: z.array(note),
  yaml: text,
});

export const decideCapacity = capacityDecision;
export const decideHealth = healthDecision;

export const replay = z.object({
  isSame: z.boolean(),
  differences: z.array(z.object({ field: text, was: z.unknown(), is: z.unknown() })),
  laterGates: z
    .array(text)
    .describe(
      'Of the same decision: gates that let it pass and that its record does not know yet.',
    ),
  recorded: z.looseObject({}).describe('The decision as it was recorded, by whatever version.'),
  recomputed: decision,
});

export const completion = z.object({ shell: text, script: text });
