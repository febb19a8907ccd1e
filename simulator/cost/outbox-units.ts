import type { QueueResults } from '#domain/notify/channel-queue.ts';
import type { Waiting } from '#domain/notify/notice.ts';
import type { Item } from './prices.ts';

type Add = (item: Item, count: number) => void;

/**
 * Counts a call to the memory of notify by what it says, as shared/aws/dynamodb/outbox.ts would put it into items: the
 * simulated memory has none.
 */
export const countOutbox = (action: string, input: unknown, add: Add): void => {
  const [whose, content] = input as readonly [whose: unknown, content: unknown];
  const isNamed = typeof whose === 'string';
  if (action === 'UpdateItem') {
    add('writeUnits', 1);
    // Whoever opens a channel, which is named then and no lease yet, reads its line and what has ended of it.
    if (isNamed) add('readUnits', 2);
  } else if (isNamed) countEnlisting(content as readonly Waiting[], add);
  else add('writeUnits', unitsOfEnding(content as QueueResults));
};

/** Whoever puts news in line reads before whether it has ended. */
const countEnlisting = (items: readonly Waiting[], add: Add): void => {
  add('readUnits', items.length);
  add('writeUnits', sumOf(items.map(unitsOf)));
};

/**
 * One transaction writes the state, takes each item out of the line, notes how it ended, and counts it in its hour; and
 * keeps the thread where there is one.
 */
const unitsOfEnding = ({ state, ended, thread }: QueueResults): number => {
  const items = ended.map(({ item }) => unitsOf(item) + 1);
  const counts = ended.length > 0 ? 1 : 0;
  return (
    2 * (unitsOf(state) + sumOf(items) + counts + (thread === undefined ? 0 : unitsOf(thread)))
  );
};

/** The bytes of the keys of an item, and of the names in it. */
const BESIDE_BYTES = 200;
const WRITE_UNIT_BYTES = 1_024;

const unitsOf = (content: object): number =>
  Math.ceil((Buffer.byteLength(JSON.stringify(content)) + BESIDE_BYTES) / WRITE_UNIT_BYTES);

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
