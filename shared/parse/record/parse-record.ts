import * as z from 'zod';
import type { Decision } from '../../domain/decision.ts';
import type { HealthObservation } from '../../domain/health-observation.ts';
import type { Observation } from '../../domain/observation.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { isObject, type JsonObject } from '../json.ts';
import { healObservation, scaleObservation } from './observation-schema.ts';

/** The version of the format of records. */
const RECORD_VERSION = 1;

/** What an evaluation looked at, and what was decided then, unless it is written by hand. */
export type DecisionRecord =
  | Readonly<{ kind: 'capacity'; observation: Observation; decision?: Decision }>
  | Readonly<{ kind: 'health'; observation: HealthObservation; decision?: Decision }>;

/**
 * Reads a record of the ledger: the text under `record` of an entry, a whole entry as
 * `aws dynamodb get-item` prints it, or one written by hand. The problem is a sentence for people.
 */
export const parseRecord = (text: string): Result<DecisionRecord, string> => {
  const found = unwrapped(text);
  if (!found.ok) return found;

  const { schemaVersion, observation, decision } = found.value;
  if (schemaVersion !== RECORD_VERSION) {
    const version = JSON.stringify(schemaVersion) ?? 'nothing';
    return err(`schemaVersion: found ${version}, expected ${RECORD_VERSION}`);
  }
  const kind = isObject(observation) && 'targets' in observation ? 'health' : 'capacity';
  const parsed = (kind === 'health' ? healObservation : scaleObservation).safeParse(observation);
  if (!parsed.success) return err(describe(parsed.error));
  if (decision !== undefined && !isObject(decision)) {
    return err('decision: expected the decision that was made, or nothing');
  }

  return ok({
    kind,
    observation: parsed.data,
    ...(decision === undefined ? {} : { decision }),
  } as unknown as DecisionRecord);
};

/** The JSON Schema of a record, for those who write or read one. */
export const recordJsonSchema = (): Record<string, unknown> => ({
  title: 'A record of a decision of Tidegate, version 1',
  ...z.toJSONSchema(
    z.object({
      schemaVersion: z.literal(RECORD_VERSION),
      decision: z.unknown().optional(),
      observation: z.union([scaleObservation, healObservation]),
    }),
    { target: 'draft-7', io: 'input' },
  ),
});

const unwrapped = (text: string): Result<JsonObject, string> => {
  const value = parseJson(text);
  if (!isObject(value)) return err('expected a JSON object');

  const item = isObject(value.Item) ? value.Item : value;
  const inner = isObject(item.record) ? item.record.S : undefined;
  return typeof inner === 'string' ? unwrapped(inner) : ok(item);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The first few mistakes, each with its place. */
const describe = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 5)
    .map(({ path, message }) => `${['observation', ...path].join('.')}: ${message}`)
    .join('; ');
