import type * as z from 'zod';
import { err, ok, type Result } from '#domain/basics/result.ts';
import { fieldOf, isObject, type JsonObject, listIn, objectIn } from '#parse/json.ts';
import {
  alarmsSchema,
  groupsSchema,
  policiesSchema,
  scheduledActionsSchema,
} from './aws/schemas.ts';
import { serviceActionsSchema, servicePoliciesSchema } from './aws/services.ts';
import type { AwsFindings } from './aws/translate-aws.ts';
import { type ImportProblem, problemsOfIssues } from './import-problem.ts';
import { translateHpa } from './kubernetes/hpa.ts';
import { translateScaledObject } from './kubernetes/keda.ts';
import { hpaSchema, scaledObjectSchema } from './kubernetes/schemas.ts';
import { translateNomadJob, translateNomadPolicy } from './nomad/nomad.ts';
import { nomadJobSchema, nomadPolicySchema } from './nomad/schemas.ts';
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

const isOfServices = (value: JsonObject): boolean =>
  listIn(value, 'ScalingPolicies').some((each) => isObject(each) && 'ServiceNamespace' in each);

const ofKind =
  (kind: string) =>
  (value: JsonObject): boolean =>
    fieldOf(value, 'kind') === kind;

const each = <T>(values: readonly T[], file: string) => values.map((value) => ({ file, value }));

const SOURCES: readonly ImportSource[] = [
  source('aws application-autoscaling describe-scaling-policies', isOfServices, {
    schema: servicePoliciesSchema,
    gather: ({ ScalingPolicies }, file) => ({ servicePolicies: each(ScalingPolicies, file) }),
  }),
  source('aws application-autoscaling describe-scheduled-actions', listed('ScheduledActions'), {
    schema: serviceActionsSchema,
    gather: ({ ScheduledActions }, file) => ({ serviceActions: each(ScheduledActions, file) }),
  }),
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
  source('a HorizontalPodAutoscaler of autoscaling/v2', ofKind('HorizontalPodAutoscaler'), {
    schema: hpaSchema,
    gather: (value, file) => ({ translations: [translateHpa(value, file)] }),
  }),
  source('a ScaledObject of KEDA', ofKind('ScaledObject'), {
    schema: scaledObjectSchema,
    gather: (value, file) => ({ translations: [translateScaledObject(value, file)] }),
  }),
  source(
    'a job of Nomad as JSON',
    (value) => 'TaskGroups' in objectIn(value, 'Job') || 'TaskGroups' in value,
    {
      schema: nomadJobSchema,
      gather: (value, file) => ({ translations: translateNomadJob(value, file) }),
    },
  ),
  source('a scaling policy of Nomad as JSON', (value) => isObject(fieldOf(value, 'Policy')), {
    schema: nomadPolicySchema,
    gather: (value, file) => ({ translations: [translateNomadPolicy(value, file)] }),
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
    {
      file,
      message: 'it is nothing that can be imported',
      help: `give what one of these prints, or a file of it: ${kinds}`,
    },
  ]);
};
