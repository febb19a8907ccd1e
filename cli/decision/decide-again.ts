import { decideCapacity } from '#domain/capacity/decide-capacity.ts';
import { decideHealth } from '#domain/health/decide-health.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import type { DecisionRecord } from '#parse/record/parse-record.ts';

/** Decides anew on a record's observation, as the functions decide. */
export const decideAgain = (record: DecisionRecord): Decision =>
  record.kind === 'capacity'
    ? decideCapacity(record.observation)
    : decideHealth(record.observation);
