import { sub, type Value } from '../template.ts';

export type Statement = Readonly<{
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Action: readonly string[];
  Resource: Value;
  Condition?: Readonly<Record<string, Readonly<Record<string, Value>>>>;
}>;

type Permission = Omit<Statement, 'Effect'>;

export const allow = (permission: Permission): Statement => ({ Effect: 'Allow', ...permission });

/** A permission on resources that the configuration names; without any there is nothing to permit. */
export const allowOn = (
  resources: readonly Value[],
  permission: Omit<Permission, 'Resource'>,
): readonly Statement[] =>
  resources.length === 0 ? [] : [allow({ ...permission, Resource: resources })];

/** Binds the use of a key to one service that calls KMS on the function's behalf. */
export const via = (
  service: 'sns' | 'ssm' | 'secretsmanager',
): Readonly<Record<string, Value>> => ({
  'kms:ViaService': sub(`${service}.\${AWS::Region}.\${AWS::URLSuffix}`),
});
