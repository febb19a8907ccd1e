import { arnOf } from '../template.ts';
import { allow, type Statement } from './statement.ts';

type Access = Readonly<{
  Sid: string;
  /** What the function does to items; a transaction needs the permission of each of its writes. */
  operations: readonly (
    | 'BatchGetItem'
    | 'ConditionCheckItem'
    | 'DeleteItem'
    | 'GetItem'
    | 'PutItem'
    | 'Query'
    | 'UpdateItem'
  )[];
  /** What the partition keys begin with that it may touch. */
  keys: readonly ('GROUP#*' | 'NOTICE#*' | 'CHANNEL#*')[];
}>;

/** Access to one part of the table: the ledger of the groups, or the notices of what was told. */
export const tableAccess = ({ Sid, operations, keys }: Access): Statement =>
  allow({
    Sid,
    Action: operations.map((operation) => `dynamodb:${operation}`),
    Resource: arnOf('Table'),
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } },
  });

export const keepLedger: Statement = tableAccess({
  Sid: 'KeepLedger',
  operations: ['BatchGetItem', 'PutItem', 'UpdateItem'],
  keys: ['GROUP#*'],
});
