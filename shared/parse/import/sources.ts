import type * as z from 'zod';
import { err, ok, type Result } from '#domain/basics/result.ts';
import { fieldOf, isObject, type JsonObject } from '#parse/json.ts';
import {
  alarmsSchema,
  groupsSchema,
  policiesSchema,
  scheduledActionsSchema,
} from './aws/schemas.ts';
import type { AwsFindings } from './aws/translate-aws.ts';
import { type ImportProblem, problemsOfIssues } from './import-problem.ts';
import type { ImportDocument } from './read-documents.ts';
import type { Translation } from './translation.ts';

/** The yield of a document: things of AWS, which are joined with those of other files, or whole translations. */
export type Gathered = Partial<AwsFindings> & Readonly<{ translations?: readonly Translation[] }>;

/** A kind of document that can be imported, told apart by its shape. */
type ImportSource = Readonly<{
  what: string;
  isOf: (value: JsonObject) => boolean;
  read: (document: ImportDocument) => Result<Gathered, readonly ImportProblem[]>;
}>;

const source = <T>(
  what: string,
  isOf: ImportSource['isOf'],
  {
    schema,
    gather,
  }: Readonly<{ schema: z.ZodType<T>; gather: (value: T, file: string) => Gathered }>,
): ImportSource => ({
  what,
  isOf,
  read: ({ file, value }) => {
    const parsed = schema.safeParse(value);
    return parsed.success
      ? ok(gather(parsed.data, file))
      : err(problemsOfIssues(parsed.error.issues, { file, what, value }));
  },
});

const listed =
  (key: string) =>
  (value: JsonObject): boolean =>
    Array.isArray(fieldOf(value, key));

const each = <T>(values: readonly T[], file: string) => values.map((value) => ({ file, value }));

const SOURCES: readonly ImportSource[] = [
  source('aws autoscaling describe-policies', listed('ScalingPolicies'), {
    schema: policiesSchema,
    gather: ({ ScalingPolicies }, file) => ({ policies: each(ScalingPolicies, file) }),
  }),
  source('aws autoscaling describe-scheduled-actions', listed('ScheduledUpdateGroupActions'), {
    schema: scheduledActionsSchema,
    gather: ({ ScheduledUpdateGroupActions }, file) => ({
      actions: each(ScheduledUpdateGroupActions, file),
    }),
  }),
  source('aws autoscaling describe-auto-scaling-groups', listed('AutoScalingGroups'), {
    schema: groupsSchema,
    gather: ({ AutoScalingGroups }, file) => ({ groups: each(AutoScalingGroups, file) }),
  }),
  source('aws cloudwatch describe-alarms', listed('MetricAlarms'), {
    schema: alarmsSchema,
    gather: ({ MetricAlarms }, file) => ({ alarms: each(MetricAlarms, file) }),
  }),
];

/** Reads a document of a kind that is known. */
export const readSource = (
  document: ImportDocument,
): Result<Gathered, readonly ImportProblem[]> => {
  const { file, value } = document;
  const found = isObject(value) ? SOURCES.find(({ isOf }) => isOf(value)) : undefined;
  if (found !== undefined) return found.read(document);
  const kinds = SOURCES.map(({ what }) => what).join(', ');
  return err([
    { file, message: 'it is nothing that can be imported', help: `give one of: ${kinds}` },
  ]);
};
