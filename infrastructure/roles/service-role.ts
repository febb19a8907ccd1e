import { ref, type Value } from '../template.ts';
import type { Statement } from './statement.ts';

export type ServiceRole = Readonly<{
  /** The service that takes the role, such as `lambda.amazonaws.com`. */
  service: string;
  description: string;
  statements: readonly Statement[];
  /** Bounds who may take it further, for services that document a condition. */
  condition?: Value;
}>;

/** A role that one service of AWS takes: its own work, within the guard rails that all roles share. */
export const serviceRole = ({ service, description, statements, condition }: ServiceRole) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Description: description,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sts:AssumeRole',
          ...(condition === undefined ? {} : { Condition: condition }),
        },
      ],
    },
    ManagedPolicyArns: [ref('GuardRails')],
    Policies: [
      {
        PolicyName: 'own-work',
        PolicyDocument: { Version: '2012-10-17', Statement: statements },
      },
    ],
  },
});
