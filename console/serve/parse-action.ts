import * as z from 'zod';
import type { PageAction } from '#console/page/data.ts';

const text = z.string().max(500);
const group = z.string().min(1).max(200);
const capacity = z.number().int().min(0).max(1e7);

const ACTION = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pause'), group, for: text, reason: text }),
  z.strictObject({ kind: z.literal('pin'), group, capacity, for: text, reason: text }),
  z.strictObject({ kind: z.literal('cap'), group, capacity, for: text, reason: text }),
  z.strictObject({ kind: z.literal('resume'), group, reason: text }),
  z.strictObject({ kind: z.literal('speed'), speed: z.number().min(0).max(1e6) }),
  z.strictObject({ kind: z.literal('trouble'), group, name: text }),
  z.strictObject({ kind: z.literal('rules'), text: z.string().max(60_000) }),
]);

/** The action in the body of a request, or a sentence that says what is wrong with it. */
export const parseAction = (body: string): PageAction | string => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'the body is no JSON';
  }
  const parsed = ACTION.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') || 'the body'}: ${issue?.message}`;
};
