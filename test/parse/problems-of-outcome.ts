import type { Outcome } from '#domain/ledger/outcome.ts';
import { outcomeSchema } from '#parse/outcome-schema.ts';

/** Problems of an outcome with the schema of its kind, which here bears no field that it does not know. */
export const problemsOf = (outcome: Outcome) =>
  outcomeSchema(outcome.kind).strict().safeParse(outcome).error?.issues ?? [];
