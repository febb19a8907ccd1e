/** Anything that may stand in a CloudFormation template. */
export type Value =
  | string
  | number
  | boolean
  | readonly Value[]
  | Readonly<{ [key: string]: Value }>;

export type Resource = Readonly<{
  Type: string;
  DeletionPolicy?: 'Retain';
  UpdateReplacePolicy?: 'Retain';
  Properties: Readonly<Record<string, Value>>;
}>;

/** Resources by their logical ids. */
export type Resources = Readonly<Record<string, Resource>>;

export type Output = Readonly<{ Description: string; Value: Value }>;

/** The part of the stack that is generated; the Serverless Framework adds the functions to it. */
export type Template = Readonly<{
  Resources: Resources;
  Outputs: Readonly<Record<string, Output>>;
}>;

/** All the resources together. Two of one id would silently become one, so they are refused. */
export const merge = (parts: readonly Resources[]): Resources => {
  const entries = parts.flatMap((part) => Object.entries(part));
  const ids = entries.map(([id]) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new Error(
      `two resources would have the logical id ${twice}: rename what it stands for in tidegate.yml`,
    );
  }

  return Object.fromEntries(entries);
};

/** The deployment of the service that the resources belong to. */
export type Deployment = Readonly<{ service: string; stage: string }>;

/** SERVICE-STAGE: names of queues, topics and alarms begin with it. */
export const prefixOf = ({ service, stage }: Deployment): string => `${service}-${stage}`;

/** Refers to a resource by CloudFormation's own name for it: a queue's URL, a topic's ARN, a table's name. */
export const ref = (id: string): Value => ({ Ref: id });

export const arnOf = (id: string): Value => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** An ARN in the stack's own partition, Region and account; `resource` is taken literally. */
export const arn = (service: string, resource: string): Value =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${literal(resource)}`);

/** Has CloudFormation replace the placeholders of a text; a text without any stays one, which validators insist on. */
export const sub = (text: string): Value => (text.includes('${') ? { 'Fn::Sub': text } : text);

/** Keeps text that happens to contain `${…}` from being replaced by `Fn::Sub`. */
const literal = (text: string): string => text.replaceAll('${', '${!');
