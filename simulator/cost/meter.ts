import type { Instant } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import type { HistoryEvent, Invocation, Trip } from '#simulator/history.ts';
import { sizeOf, type TableItem } from '#simulator/services/table.ts';
import { logBytesOf } from './log-bytes.ts';
import { countOutbox } from './outbox-units.ts';
import { type Counts, ITEMS, type Item } from './prices.ts';

/** Lambda's own lines about an invocation in the log: START, END and REPORT. */
const PLATFORM_LOG_BYTES = 330;
/** Memory of a function, in GB, as it is deployed; a test holds it so. */
export const MEMORY_GB = 0.5;
/** Processor time that an invocation needs beside its calls, in milliseconds. */
const OWN_MS = 5;
const NAMES_PER_CALL = 100;
const MESSAGES_PER_CALL = 10;
const READ_UNIT_BYTES = 4_096;
const WRITE_UNIT_BYTES = 1_024;

export type Meter = Readonly<{
  listen: (event: HistoryEvent) => void;
  onCloud: (cloud: Cloud) => void;
  read: () => Counts;
}>;

/** Counts what the functions of a simulated deployment do, in the units that AWS charges for. */
export const createMeter = (): Meter => {
  const counts = Object.fromEntries(ITEMS.map((item) => [item, 0])) as Record<Item, number>;
  const begun = new Map<string, Instant>();
  const add = (item: Item, count: number): void => {
    counts[item] += count;
  };

  const begin = ({ id }: Invocation, at: Instant, isBatch: boolean): void => {
    begun.set(id, at);
    add('invocations', 1);
    add('logBytes', PLATFORM_LOG_BYTES);
    // A batch was received by one request, and its messages are deleted by another one.
    if (isBatch) add('queueRequests', 2);
  };
  const end = ({ id }: Invocation, at: Instant): void => {
    add('gigabyteSeconds', (MEMORY_GB * (at - (begun.get(id) ?? at) + OWN_MS)) / 1_000);
    begun.delete(id);
  };

  const listen = (event: HistoryEvent): void => {
    if (event.kind === 'applying') countTrip(event.trip, add);
    if (event.kind === 'answered') countFiring(event.trip, event.answer, add);
    if (event.kind === 'noted') add('logBytes', logBytesOf(event.note));
    if (event.kind === 'invoked') begin(event.invocation, event.at, event.event !== undefined);
    if (event.kind === 'ended') end(event.invocation, event.at);
  };

  return {
    listen,
    onCloud: ({ cloudWatch, scaleLedger, healLedger }) => {
      before(cloudWatch, (input) => add('metricsRead', metricsIn(input)));
      for (const { table, client } of [scaleLedger, healLedger]) {
        before(client, (input) => countTable(input, (pk, sk) => table.find(pk, sk), add));
      }
    },
    read: () => ({ ...counts }),
  };
};

type Add = (item: Item, count: number) => void;

/**
 * Counts what the sweep asks about alarms: one page at least, and a share of one for each that fires, so that the
 * count of many groups is on the line of a few.
 */
const countFiring = ({ invocation, action, input }: Trip, answer: unknown, add: Add): void => {
  if (action !== 'DescribeAlarms' || invocation.functionName !== 'sweep') return;
  const names = Array.isArray(input) ? input.length : 0;
  if (names > 0) add('alarmCalls', 1 + (answer instanceof Map ? answer.size : 0) / NAMES_PER_CALL);
};

const countTrip = ({ invocation, action, input }: Trip, add: Add): void => {
  const length = Array.isArray(input) ? input.length : 1;
  const isSweep = invocation.functionName === 'sweep';
  if (action === 'DescribeAlarms' && !isSweep)
    add('alarmCalls', Math.ceil(length / NAMES_PER_CALL));
  else if (action === 'SendMessageBatch' || action === 'DeleteMessageBatch')
    add('queueRequests', Math.ceil(length / MESSAGES_PER_CALL));
  else if (action === 'PutItem' || action === 'UpdateItem') countOutbox(action, input, add);
  else {
    const charged = CHARGED[action];
    if (charged !== undefined) add(...charged);
  }
};

/** Calls that are charged alike whatever they ask. */
const CHARGED: Readonly<Record<string, readonly [item: Item, count: number]>> = {
  SendMessage: ['queueRequests', 1],
  'SendMessage of a shard': ['queueRequests', 1],
  ChangeMessageVisibility: ['queueRequests', 1],
  ReceiveMessage: ['queueRequests', 1],
  Publish: ['published', 1],
  Query: ['readUnits', 1],
  QueryOpenHeads: ['readUnits', 1],
  GetItem: ['readUnits', 1],
};

type Queries = Readonly<{
  MetricDataQueries?: readonly Readonly<{ MetricStat?: unknown; Period?: number }>[];
}>;

/** An expression costs its metrics; a query of Metrics Insights is counted as one. */
const metricsIn = ({ MetricDataQueries = [] }: Queries): number =>
  MetricDataQueries.filter(
    ({ MetricStat, Period }) => MetricStat !== undefined || Period !== undefined,
  ).length;

type Asked = Readonly<{ Keys: readonly TableItem[]; ConsistentRead?: boolean }>;
type Put = Readonly<{ PutRequest: Readonly<{ Item: TableItem }> }>;
type TableInput = Readonly<{
  RequestItems?: Readonly<Record<string, Asked | readonly Put[]>>;
  TransactItems?: readonly Readonly<{
    Put?: Readonly<{ Item: TableItem }>;
    Update?: Readonly<{ Key: TableItem; ExpressionAttributeValues?: TableItem }>;
  }>[];
  Item?: TableItem;
}>;
type Find = (pk: string, sk: string) => TableItem | undefined;

const countTable = (input: TableInput, find: Find, add: Add): void => {
  const stored = ({ pk, sk }: TableItem): TableItem | undefined => find(pk?.S ?? '', sk?.S ?? '');
  for (const asked of Object.values(input.RequestItems ?? {})) countBatch(asked, stored, add);
  for (const { Put, Update } of input.TransactItems ?? []) {
    const changed = { ...stored(Update?.Key ?? {}), ...Update?.ExpressionAttributeValues };
    add('writeUnits', 2 * writeUnits(Put?.Item ?? changed));
  }
  if (input.Item !== undefined) add('writeUnits', writeUnits(input.Item));
};

/** A batch of reads, or of writes. */
const countBatch = (
  asked: Asked | readonly Put[],
  stored: (key: TableItem) => TableItem | undefined,
  add: Add,
): void => {
  if ('Keys' in asked) add('readUnits', readUnits(asked, stored));
  else for (const { PutRequest } of asked) add('writeUnits', writeUnits(PutRequest.Item));
};

/** A key that is not there costs a unit, too; a read that may be a second old costs half. */
const readUnits = (
  { Keys, ConsistentRead = false }: Asked,
  stored: (key: TableItem) => TableItem | undefined,
): number =>
  Keys.reduce((sum, key) => {
    const units = Math.max(1, Math.ceil(sizeOf(stored(key) ?? {}) / READ_UNIT_BYTES));
    return sum + (ConsistentRead ? units : units / 2);
  }, 0);

const writeUnits = (item: TableItem): number =>
  Math.max(1, Math.ceil(sizeOf(item) / WRITE_UNIT_BYTES));

/** Lets somebody see the input of each command that a simulated client is sent. */
const before = (client: object, see: (input: object) => void): void => {
  const open = client as { send: (command: Readonly<{ input: object }>) => Promise<unknown> };
  const send = open.send.bind(client);
  open.send = (command) => {
    see(command.input);
    return send(command);
  };
};
