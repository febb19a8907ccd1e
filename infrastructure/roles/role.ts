import { arnOf, type Resources, ref } from '../template.ts';
import { allow, type Statement } from './statement.ts';

/** The role of one function: its own work, its own log, and the guard rails that all share. */
export const role = (title: string, statements: readonly Statement[]): Resources => ({
  [`${title}Role`]: {
    Type: 'AWS::IAM::Role',
    Properties: {
      Description: `What Tidegate's function ${title.toLowerCase()} may do; docs/permissions.md explains it`,
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      ManagedPolicyArns: [ref('GuardRails')],
      Policies: [
        {
          PolicyName: 'own-work',
          PolicyDocument: { Version: '2012-10-17', Statement: [...statements, ownLog(title)] },
        },
      ],
    },
  },
});

/** The Serverless Framework makes the log group, so the function need not be able to. */
const ownLog = (title: string): Statement =>
  allow({
    Sid: 'WriteOwnLog',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: arnOf(`${title}LogGroup`),
  });
