import * as z from 'zod';
import { err, ok, type Result } from '#domain/basics/result.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import type { HealthObservation } from '#domain/health/health-observation.ts';
import type { Decision } from '#domain/ledger/decision.ts';
import type { ConfigurationProblem } from '#parse/configuration/configuration-problem.ts';
import { describeValue } from '#parse/configuration/describe-value.ts';
import type { Fault } from '#parse/configuration/fault.ts';
import { problemsOf } from '#parse/configuration/problems-of.ts';
import { readYaml } from '#parse/configuration/yaml/read-yaml.ts';
import { isObject, type JsonObject } from '../json.ts';
import { healObservation, scaleObservation } from './observation-schema.ts';
import { recordFaults } from './record-faults.ts';
import { unpackRecord } from './unpack-record.ts';

/** The version of the format of records. */
const RECORD_VERSION = 1;

/** The observation of an evaluation, and the decision, unless it is written by hand. */
export type DecisionRecord =
  | Readonly<{ kind: 'capacity'; observation: Observation; decision?: Decision }>
  | Readonly<{ kind: 'health'; observation: HealthObservation; decision?: Decision }>;

type RecordSource = Readonly<{
  /** The name of the file, for messages. */
  file: string;
  /**
   * The group that takes the place of the one in the record, by the name that the record gives it; the
   * record then needs no more of its group than that.
   */
  groupInstead?: (name: string | undefined) => Result<Group, string>;
}>;

/**
 * Reads a record of the ledger: an entry as `aws dynamodb get-item` prints it, its pieces as `aws dynamodb
 * query` does, or one written by hand. The answer is the record, or what is wrong with it.
 */
export const parseRecord = (
  text: string,
  { file, groupInstead }: RecordSource = { file: 'the record' },
): Result<DecisionRecord, readonly ConfigurationProblem[]> => {
  const found = unpackRecord(text);
  if (!found.ok) return err(problemsOf([found.problem], { file, text }));

  const replaced = withGroup(found.value.record, groupInstead);
  const parsed = replaced.ok ? parse(replaced.value) : replaced;
  return parsed.ok
    ? parsed
    : err(placed(parsed.problem.slice(0, MOST_FAULTS), { file, text: found.value.text() }));
};

const MOST_FAULTS = 10;

/** The record with the group that takes the place of its own. */
const withGroup = (
  record: JsonObject,
  groupInstead: RecordSource['groupInstead'],
): Result<JsonObject, readonly Fault[]> => {
  const { observation } = record;
  if (groupInstead === undefined || !isObject(observation)) return ok(record);

  const name = isObject(observation.group) ? observation.group.name : undefined;
  const group = groupInstead(typeof name === 'string' ? name : undefined);
  if (group.ok) {
    const health = group.value.health ?? healthIn(observation);
    const whole = health === undefined ? group.value : { ...group.value, health };
    return ok({ ...record, observation: { ...observation, group: whole } });
  }
  const path = ['observation', 'group', 'name'];
  return err([{ path, code: 'unknown-name', message: group.problem }]);
};

/** Of a decision on targets: rules without health are tried with the health of the record. */
const healthIn = ({ targets, group }: JsonObject): unknown =>
  targets !== undefined && isObject(group) ? group.health : undefined;

const parse = (record: JsonObject): Result<DecisionRecord, readonly Fault[]> => {
  const { schemaVersion, observation, decision } = record;
  if (schemaVersion !== RECORD_VERSION) {
    return err([
      {
        path: ['schemaVersion'],
        code: schemaVersion === undefined ? 'missing-key' : 'bad-value',
        message: `found ${describeValue(schemaVersion)}`,
        expected: String(RECORD_VERSION),
      },
    ]);
  }
  const kind = isObject(observation) && 'targets' in observation ? 'health' : 'capacity';
  const parsed = (kind === 'health' ? healObservation : scaleObservation).safeParse(observation);
  if (!parsed.success) return err(recordFaults(parsed.error.issues, observation));
  if (decision !== undefined && !isObject(decision)) {
    return err([
      {
        path: ['decision'],
        code: 'wrong-type',
        message: `found ${describeValue(decision)}`,
        expected: 'the decision that was made, or nothing',
      },
    ]);
  }

  return ok({
    kind,
    observation: parsed.data,
    ...(decision === undefined ? {} : { decision }),
  } as unknown as DecisionRecord);
};

/** Faults at their lines; JSON is YAML, and what is too large for that has no line. */
const placed = (
  faults: readonly Fault[],
  source: Readonly<{ file: string; text: string }>,
): readonly ConfigurationProblem[] => {
  const yaml = readYaml(source.text);
  const placeOf = (fault: Fault) => (yaml.ok ? yaml.value.placeOf(fault) : { start: 0, end: 0 });
  return problemsOf(
    faults.map((fault) => ({ ...fault, range: placeOf(fault) })),
    source,
  );
};

/** The JSON Schema of a record, for those who write or read one. */
export const recordJsonSchema = (): Record<string, unknown> => ({
  $id: 'urn:tidegate:record:1',
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
