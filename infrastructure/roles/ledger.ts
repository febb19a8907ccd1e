import { arnOf } from '../template.ts';
import { allow, type Statement } from './statement.ts';

type Access = Readonly<{
  Sid: string;
  /** Operations of the function on items; a transaction needs the permission of each of its writes. */
  operations: readonly (
    | 'BatchGetItem'
    | 'BatchWriteItem'
    | 'ConditionCheckItem'
    | 'DeleteItem'
    | 'GetItem'
    | 'PutItem'
    | 'Query'
    | 'UpdateItem'
  )[];
  /** Prefixes of the partition keys that it may touch. */
  keys: readonly (
    | 'GROUP#*'
    | 'MEMBERS'
    | 'DRILL#*'
    | 'NOTICE#*'
    | 'CHANNEL#*'
    | 'SWEEP'
    | 'CONFIGURATION'
  )[];
}>;

/** Access to one part of the table: the ledger of the groups, or the notices of what was told. */
export const tableAccess = ({ Sid, operations, keys }: Access): Statement =>
  allow({
    Sid,
    Action: operations.map((operation) => `dynamodb:${operation}`),
    Resource: arnOf('Table'),
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } },
  });

/** Leaves the trace of a drill, which lies apart from everything that decides. */
export const keepDrills: Statement = tableAccess({
  Sid: 'KeepDrills',
  operations: ['PutItem'],
  keys: ['DRILL#*'],
});

export const keepLedger: Statement = tableAccess({
  Sid: 'KeepLedger',
  operations: ['BatchGetItem', 'PutItem', 'UpdateItem'],
  keys: ['GROUP#*'],
});

/** Reads which groups belong to fleets, and writes none of it. */
export const KNOW_MEMBERS: Statement = tableAccess({
  Sid: 'KnowMembers',
  operations: ['BatchGetItem'],
  keys: ['MEMBERS'],
});
