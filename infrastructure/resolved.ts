import { PARTITIONS, type Partition, partitionOf } from '#domain/basics/partition.ts';

/** The place that a template is deployed to. The number of an account has twelve digits, whichever it is. */
export type Site = Readonly<{ region: string; stack: string }>;

/** A template as the Serverless Framework has compiled it. */
export type Compiled = Readonly<{
  Resources: Readonly<Record<string, CompiledResource>>;
  Outputs?: Readonly<Record<string, unknown>>;
}>;
export type CompiledResource = Readonly<{
  Type: string;
  Properties?: Readonly<Record<string, unknown>>;
}>;

/** The value with everything put in that CloudFormation will put in, so that it can be measured. */
export const resolved = (value: unknown, template: Compiled, site: Site): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => resolved(each, template, site));

  const text = textOf(value, template, site);
  if (text !== undefined) return text;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, resolved(each, template, site)]),
  );
};

/** Resolves a function of CloudFormation to its text; undefined for anything else. */
const textOf = (value: object, template: Compiled, site: Site): string | undefined => {
  if ('Ref' in value) return refOf(String(value.Ref), template, site);
  if ('Fn::GetAtt' in value) return attributeOf(partsOf(value['Fn::GetAtt']), template, site);
  return 'Fn::Sub' in value ? substituted(String(value['Fn::Sub']), template, site) : undefined;
};

const ACCOUNT = '123456789012';

const partitionAt = ({ region }: Site): Partition =>
  partitionOf(region) ?? (PARTITIONS[0] as Partition);

const partsOf = (attribute: unknown): readonly [string, string] => {
  const [id = '', name = ''] = Array.isArray(attribute)
    ? attribute.map(String)
    : String(attribute).split(/\.(.*)/s);
  return [id, name];
};

const substituted = (text: string, template: Compiled, site: Site): string =>
  text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    return name.includes('.')
      ? attributeOf(partsOf(name), template, site)
      : refOf(name, template, site);
  });

const refOf = (id: string, template: Compiled, site: Site): string => {
  const pseudo = pseudoOf(site).get(id);
  if (pseudo !== undefined) return pseudo;

  const { Type, name } = thing(id, template, site);
  const { urlSuffix } = partitionAt(site);
  if (Type === 'AWS::SQS::Queue')
    return `https://sqs.${site.region}.${urlSuffix}/${ACCOUNT}/${name}`;
  if (Type === 'AWS::SNS::Topic') return arn('sns', name, site);
  if (Type === 'AWS::KMS::Key') return KEY_ID;
  return Type === 'AWS::IAM::ManagedPolicy' ? arn('iam', `policy/${name}`, site) : name;
};

const attributeOf = (
  [id, attribute]: readonly [string, string],
  template: Compiled,
  site: Site,
): string => {
  const { Type, name } = thing(id, template, site);
  if (attribute !== 'Arn') return name;
  const { service, resource } = PLACES.get(Type) ?? ELSEWHERE;
  return arn(service, resource(name), site);
};

const thing = (id: string, { Resources }: Compiled, site: Site) => {
  const { Type = '', Properties = {} } = Resources[id] ?? {};
  const given = NAMES.map((key) => Properties[key]).find((name) => typeof name === 'string');
  // CloudFormation makes up a name of the stack, the id and thirteen characters.
  return {
    Type,
    name: typeof given === 'string' ? given : `${site.stack}-${id}-${'X'.repeat(13)}`,
  };
};

const NAMES = ['QueueName', 'TopicName', 'TableName', 'FunctionName', 'RoleName', 'LogGroupName'];

/** Writes an ARN; resources of IAM have no Region. */
const arn = (service: string, resource: string, site: Site): string =>
  `arn:${partitionAt(site).name}:${service}:${service === 'iam' ? '' : site.region}:${ACCOUNT}:${resource}`;

const KEY_ID = '01234567-89ab-cdef-0123-456789abcdef';

type Place = Readonly<{ service: string; resource: (name: string) => string }>;

const PLACES: ReadonlyMap<string, Place> = new Map<string, Place>([
  ['AWS::SQS::Queue', { service: 'sqs', resource: (name) => name }],
  ['AWS::SNS::Topic', { service: 'sns', resource: (name) => name }],
  ['AWS::KMS::Key', { service: 'kms', resource: () => `key/${KEY_ID}` }],
  ['AWS::DynamoDB::Table', { service: 'dynamodb', resource: (name) => `table/${name}` }],
  ['AWS::Lambda::Function', { service: 'lambda', resource: (name) => `function:${name}` }],
  ['AWS::IAM::Role', { service: 'iam', resource: (name) => `role/${name}` }],
  ['AWS::Logs::LogGroup', { service: 'logs', resource: (name) => `log-group:${name}:*` }],
]);
/** Anything else that serverless.yml may have besides. */
const ELSEWHERE: Place = { service: 'cloudformation', resource: (name) => name };

const pseudoOf = (site: Site): ReadonlyMap<string, string> => {
  const { name, urlSuffix } = partitionAt(site);
  return new Map([
    ['AWS::Partition', name],
    ['AWS::Region', site.region],
    ['AWS::AccountId', ACCOUNT],
    ['AWS::URLSuffix', urlSuffix],
    ['AWS::StackName', site.stack],
  ]);
};
