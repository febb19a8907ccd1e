import { ACCOUNT, REGION } from './clients.ts';
import { query, textsOf } from './raw-call.ts';

export type TemplateResource = Readonly<{
  Type: string;
  Properties?: Readonly<Record<string, unknown>>;
}>;

/** A deployed stack: the template that CloudFormation was given, and what it made of it. */
export type Stack = Readonly<{
  resources: Readonly<Record<string, TemplateResource>>;
  /** The physical id of a resource; absent for those that moto skipped. */
  physicalIds: ReadonlyMap<string, string>;
  /** A value of the template with its intrinsic functions resolved. */
  resolve: (value: unknown) => unknown;
}>;

/** Reads a deployed stack back. */
export const readStack = async (endpoint: string, name: string): Promise<Stack> => {
  const ask = (Action: string) =>
    query(
      endpoint,
      { service: 'cloudformation', version: '2010-05-15' },
      { Action, StackName: name },
    );
  const template = JSON.parse(textsOf(await ask('GetTemplate'), 'TemplateBody')[0] ?? '{}');
  const members = textsOf(await ask('DescribeStackResources'), 'member');
  const physicalIds = new Map(
    members.flatMap((member) => {
      const [id] = textsOf(member, 'PhysicalResourceId');
      return id === undefined ? [] : [[textsOf(member, 'LogicalResourceId')[0] ?? '', id] as const];
    }),
  );
  const resources: Stack['resources'] = template.Resources ?? {};

  return { resources, physicalIds, resolve: (value) => resolve({ resources, physicalIds }, value) };
};

/** The resources of a type, with resolved properties. */
export const resourcesOf = (
  { resources, resolve: resolved }: Stack,
  type: string,
): readonly (readonly [string, Readonly<Record<string, unknown>>])[] =>
  Object.entries(resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties }]) => [id, resolved(Properties) as Record<string, unknown>]);

type Known = Pick<Stack, 'resources' | 'physicalIds'>;

const resolve = (stack: Known, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((each) => resolve(stack, each));
  if (typeof value !== 'object' || value === null) return value;

  const [[name, argument] = ['', undefined], ...rest] = Object.entries(value);
  const intrinsic = rest.length === 0 ? INTRINSICS[name] : undefined;
  if (intrinsic) return intrinsic(stack, argument);
  const entries = Object.entries(value).map(([key, each]) => [key, resolve(stack, each)]);
  return Object.fromEntries(entries);
};

const INTRINSICS: Readonly<Record<string, (stack: Known, argument: unknown) => unknown>> = {
  Ref: (stack, id) => reference(stack, String(id)),
  'Fn::GetAtt': (stack, argument) => attribute(stack, argument),
  'Fn::Sub': (stack, argument) => substitute(stack, argument),
  'Fn::Join': (stack, argument) => {
    const [separator, parts] = resolve(stack, argument) as [string, readonly string[]];
    return parts.join(separator);
  },
};

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackName': 'tidegate-e2e',
  'AWS::URLSuffix': 'amazonaws.com',
};

const reference = ({ physicalIds }: Known, id: string): string => {
  const value = PSEUDO[id] ?? physicalIds.get(id);
  if (value === undefined) throw new Error(`the stack has no resource ${id}`);
  return value;
};

const attribute = (stack: Known, argument: unknown): string => {
  const [id = '', name = ''] = Array.isArray(argument) ? argument : String(argument).split('.');
  const type = stack.resources[id]?.Type ?? '';
  const physicalId = reference(stack, id);
  const last = physicalId.split('/').at(-1) ?? '';
  if (name === 'QueueName' || name === 'TopicName') return last.split(':').at(-1) ?? '';
  if (physicalId.startsWith('arn:')) return physicalId;
  return `arn:aws:${ARN_PARTS[type]?.(last) ?? `unknown:::${last}`}`;
};

/** The part after `arn:aws:` for the types whose Arn the template asks for. */
const ARN_PARTS: Readonly<Record<string, (id: string) => string>> = {
  'AWS::SQS::Queue': (id) => `sqs:${REGION}:${ACCOUNT}:${id}`,
  'AWS::Lambda::Function': (id) => `lambda:${REGION}:${ACCOUNT}:function:${id}`,
  'AWS::DynamoDB::Table': (id) => `dynamodb:${REGION}:${ACCOUNT}:table/${id}`,
  'AWS::KMS::Key': (id) => `kms:${REGION}:${ACCOUNT}:key/${id}`,
  'AWS::IAM::Role': (id) => `iam::${ACCOUNT}:role/${id}`,
  'AWS::Logs::LogGroup': (id) => `logs:${REGION}:${ACCOUNT}:log-group:${id}:*`,
};

const substitute = (stack: Known, argument: unknown): string => {
  const [text, values] = Array.isArray(argument) ? argument : [argument, {}];
  return String(text).replaceAll(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
    if (Object.hasOwn(Object(values), name)) return String(resolve(stack, Object(values)[name]));
    return name.includes('.') ? attribute(stack, name) : reference(stack, name);
  });
};
