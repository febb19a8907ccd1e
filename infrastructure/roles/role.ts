import { arnOf, type Resources } from '../template.ts';
import { serviceRole } from './service-role.ts';
import { allow, type Statement } from './statement.ts';

/** The role of one function: its own work and its own log. */
export const role = (title: string, statements: readonly Statement[]): Resources => ({
  [`${title}Role`]: serviceRole({
    service: 'lambda.amazonaws.com',
    description: `What Tidegate's function ${title.toLowerCase()} may do; docs/permissions.md explains it`,
    statements: [...statements, ownLog(title)],
  }),
});

/** The Serverless Framework makes the log group, so the function need not be able to. */
const ownLog = (title: string): Statement =>
  allow({
    Sid: 'WriteOwnLog',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: arnOf(`${title}LogGroup`),
  });
