import * as z from 'zod';
import type { Words } from '#parse/configuration/words/words.ts';
import type { Complaint } from '../fault.ts';
import { readPlain } from '../typographic.ts';

/**
 * A single value of the file. It is read by hand, so that a mistake is explained in the words of its
 * own grammar; the description and the words' JSON Schema are for editors.
 */
export const leaf = <T>({ expected, read, schema }: Words<T>, description: string) =>
  z
    .unknown()
    .meta({ ...schema, description })
    .transform((value, context): T => {
      const result = value === undefined ? missing(expected) : readPlain(value, read);
      if (result.ok) return result.value;

      context.issues.push(issueOf(result.problem, value));
      return z.NEVER;
    });

/** A complaint in the form in which zod carries it to the end of the run. */
export const issueOf = (complaint: Complaint, input: unknown) => ({
  code: 'custom' as const,
  input,
  params: { complaint },
});

const missing = (expected: string) => ({
  ok: false as const,
  problem: { code: 'missing-key' as const, message: 'missing', expected },
});
