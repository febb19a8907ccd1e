import { LIMITS, type LimitName } from './limits.ts';
import { type Compiled, type CompiledResource, resolved, type Site } from './resolved.ts';

/** Something that is more than AWS takes: a sentence, and whether shorter names or fewer groups would help. */
export type TooLarge = Readonly<{ problem: string; isName: boolean }>;

/**
 * Finds what a compiled template has more of than AWS takes where it is deployed to. CloudFormation itself would say
 * so only in the middle of a deployment.
 */
export const overLimits = (template: Compiled, site: Site): readonly TooLarge[] => [
  ...tooMany('resources', Object.keys(template.Resources).length, 'resources'),
  ...tooMany('outputs', Object.keys(template.Outputs ?? {}).length, 'outputs'),
  ...tooMany('template', bytesOf(JSON.stringify(template)), 'bytes of template'),
  ...tooLong('stackName', site.stack, 'the stack'),
  ...Object.entries(template.Resources).flatMap(([id, resource]) =>
    measured(id, { ...resource, Properties: propertiesOf(resource, template, site) }),
  ),
];

type Resource = Required<CompiledResource>;

const propertiesOf = ({ Properties = {} }: CompiledResource, template: Compiled, site: Site) =>
  resolved(Properties, template, site) as Readonly<Record<string, unknown>>;

const measured = (id: string, resource: Resource): readonly TooLarge[] => [
  ...namesIn(id, resource),
  ...sizesIn(id, resource),
];

const namesIn = (id: string, { Type, Properties }: Resource): readonly TooLarge[] =>
  NAMES.filter((each) => each.type === Type).flatMap(({ property, limit }) => {
    const name = Properties[property];
    return typeof name === 'string' ? tooLong(limit, name, id) : [];
  });

const NAMES: readonly Readonly<{ type: string; property: string; limit: LimitName }>[] = [
  { type: 'AWS::Lambda::Function', property: 'FunctionName', limit: 'functionName' },
  { type: 'AWS::IAM::Role', property: 'RoleName', limit: 'roleName' },
  { type: 'AWS::SQS::Queue', property: 'QueueName', limit: 'queueName' },
  { type: 'AWS::SNS::Topic', property: 'TopicName', limit: 'topicName' },
  { type: 'AWS::CloudWatch::Alarm', property: 'AlarmName', limit: 'alarmName' },
  { type: 'AWS::CloudWatch::Dashboard', property: 'DashboardName', limit: 'dashboardName' },
];

const sizesIn = (id: string, { Type, Properties }: Resource): readonly TooLarge[] => {
  switch (Type) {
    case 'AWS::IAM::Role':
      return large('inlinePolicies', lengthOf(documentsIn(Properties.Policies)), {
        what: (count) => `the policies of ${id} would have ${count} characters`,
      });
    case 'AWS::IAM::ManagedPolicy':
      return large('managedPolicy', lengthOf([Properties.PolicyDocument]), {
        what: (count) => `the policy ${id} would have ${count} characters`,
      });
    case 'AWS::KMS::Key':
      return large('keyPolicy', bytesOf(jsonOf(Properties.KeyPolicy)), {
        what: (count) => `the policy of ${id} would have ${count} bytes`,
      });
    case 'AWS::Lambda::Function':
      return large('variables', bytesOf(jsonOf(variablesIn(Properties.Environment))), {
        what: (count) => `the variables of ${id} would have ${count} bytes`,
      });
    default:
      return [];
  }
};

const documentsIn = (policies: unknown): readonly unknown[] =>
  (Array.isArray(policies) ? policies : []).map(({ PolicyDocument }) => PolicyDocument);

const variablesIn = (environment: unknown): unknown =>
  (environment as Readonly<{ Variables?: unknown }> | undefined)?.Variables;

/** IAM does not count white space. */
const lengthOf = (documents: readonly unknown[]): number =>
  documents.reduce<number>((sum, each) => sum + jsonOf(each).replace(/\s/g, '').length, 0);

const jsonOf = (value: unknown): string => JSON.stringify(value ?? {});

const bytesOf = (text: string): number => Buffer.byteLength(text);

const tooMany = (limit: LimitName, count: number, of: string): readonly TooLarge[] =>
  large(limit, count, { what: () => `the stack would have ${count} ${of}` });

const tooLong = (limit: LimitName, name: string, id: string): readonly TooLarge[] =>
  large(limit, name.length, {
    what: (count) => `the name of ${id}, ${name}, would have ${count} characters`,
    isName: true,
  });

const large = (
  limit: LimitName,
  count: number,
  { what, isName = false }: Readonly<{ what: (count: number) => string; isName?: boolean }>,
): readonly TooLarge[] => {
  const { most, who } = LIMITS[limit];
  return count <= most ? [] : [{ problem: `${what(count)}, and ${who} takes ${most}`, isName }];
};
