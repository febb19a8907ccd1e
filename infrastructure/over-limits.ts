import type { Value } from './template.ts';

type Compiled = Readonly<{ Resources: Readonly<Record<string, CompiledResource>> }>;
type CompiledResource = Readonly<{ Type: string; Properties?: Readonly<Record<string, Value>> }>;

/**
 * What of a compiled template is more than AWS takes, one sentence for each. CloudFormation itself
 * would say so only in the middle of a deployment.
 */
export const overLimits = ({ Resources }: Compiled): readonly string[] => [
  ...over(Object.keys(Resources).length, {
    most: MOST_RESOURCES,
    what: (count) => `the stack would have ${count} resources`,
    who: 'CloudFormation',
  }),
  ...Object.entries(Resources).flatMap(([id, resource]) => overSize(id, resource)),
];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MOST_RESOURCES = 500;
/** All inline policies of a role (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). */
const MOST_POLICY_CHARACTERS = 10_240;
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_VARIABLE_BYTES = 4_096;

const overSize = (id: string, { Type, Properties = {} }: CompiledResource): readonly string[] => {
  if (Type === 'AWS::IAM::Role') {
    return over(lengthOf(Properties.Policies), {
      most: MOST_POLICY_CHARACTERS,
      what: (count) => `the policy of ${id} would have about ${count} characters`,
      who: 'IAM',
    });
  }
  if (Type !== 'AWS::Lambda::Function') return [];

  return over(lengthOf(Properties.Environment), {
    most: MOST_VARIABLE_BYTES,
    what: (count) => `the variables of ${id} would have about ${count} bytes`,
    who: 'Lambda',
  });
};

type Limit = Readonly<{ most: number; what: (count: number) => string; who: string }>;

const over = (count: number, { most, what, who }: Limit): readonly string[] =>
  count <= most ? [] : [`${what(count)}, and ${who} takes ${most}`];

/** About as long as it will be once CloudFormation has put in names and ARNs. */
const lengthOf = (value: Value | undefined): number =>
  JSON.stringify(value ?? '', (_key, inner) => resolved(inner)).length;

const resolved = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value || 'Fn::GetAtt' in value) return TYPICAL_ARN;
  if (!('Fn::Sub' in value)) return value;

  return String(value['Fn::Sub']).replace(/\$\{([^}]*)\}/g, (_, name: string) =>
    name.startsWith('!') ? `\${${name.slice(1)}}` : (PSEUDO[name] ?? TYPICAL_ARN),
  );
};

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com',
};

const TYPICAL_ARN = 'arn:aws:sns:eu-central-1:123456789012:tidegate-dev-mail-operations';
