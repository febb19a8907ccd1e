/** A value of an attribute, as far as the ledger writes them. */
type Value = Readonly<{ S?: string; N?: string; B?: Uint8Array; NULL?: boolean }>;
export type TableItem = Readonly<Record<string, Value>>;

type Condition = Readonly<{
  ConditionExpression?: string;
  ExpressionAttributeNames?: Readonly<Record<string, string>>;
  ExpressionAttributeValues?: TableItem;
}>;
type Write = Readonly<{
  Put?: Condition & Readonly<{ Item: TableItem }>;
  Update?: Condition & Readonly<{ Key: TableItem; UpdateExpression: string }>;
}>;
type Keys = Readonly<{ Keys: readonly TableItem[] }>;
type PutRequest = Readonly<{ PutRequest: Readonly<{ Item: TableItem }>; Keys?: never }>;
type Input = Readonly<{
  /** Of GetItem. */
  Key?: TableItem;
  TransactItems?: readonly Write[];
  /** Of BatchGetItem the keys, of BatchWriteItem the items. */
  RequestItems?: Readonly<Record<string, Keys | readonly PutRequest[]>>;
  /** Of PutItem. */
  Item?: TableItem;
  /** Of PutItem and DeleteItem: `attribute_not_exists(pk)`, that the version is the one before, or `#name = :value` of some attributes, joined by AND. */
  ConditionExpression?: string;
  ExpressionAttributeNames?: Readonly<Record<string, string>>;
  /** Of Query: `pk = :pk AND sk BETWEEN :first AND :last`, or `begins_with(sk, :first)`. */
  KeyConditionExpression?: string;
  ExpressionAttributeValues?: TableItem;
  ExclusiveStartKey?: TableItem;
  ScanIndexForward?: boolean;
  Limit?: number;
}>;

export type Table = ReturnType<typeof createTable>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const LARGEST_ITEM = 400 * 1_024;
const LARGEST_TRANSACTION = 4 * 1_024 * 1_024;
const MOST_IN_TRANSACTION = 100;

/**
 * A table of DynamoDB under the real adapters: consistent reads, transactions with the conditions and updates
 * that the ledger writes, Queries in pages, and the limits of sizes.
 */
export const createTable = () => {
  const items = new Map<string, TableItem>();
  let isBusy = (_bytes: number): boolean => false;

  const transact = (writes: readonly Write[]): object => {
    const after = writes.map((write) => itemAfter(items, write));
    refuseTooLarge(after);
    const added = after.filter((_, index) => writes[index]?.Put !== undefined);
    if (isBusy(bytesBeside(added))) throw cancelled(writes.map(() => 'ThrottlingError'));
    const codes = writes.map((write) => (isMet(items, write) ? 'None' : 'ConditionalCheckFailed'));
    if (codes.some((code) => code !== 'None')) throw cancelled(codes);

    for (const item of after) items.set(nameOf(item), item);
    return {};
  };

  const put = (Item: TableItem, condition: Condition): object => {
    if (!isMet(items, { Put: { ...condition, Item } })) throw conditionFailed();
    items.set(nameOf(Item), Item);
    return {};
  };
  const batch = (asked: Keys | readonly PutRequest[]): readonly TableItem[] => {
    if ('Keys' in asked) {
      return asked.Keys.flatMap((key): readonly TableItem[] => {
        const item = items.get(nameOf(key));
        return item === undefined ? [] : [item];
      });
    }
    for (const { PutRequest } of asked) items.set(nameOf(PutRequest.Item), PutRequest.Item);
    return [];
  };

  return {
    items: (): readonly TableItem[] => [...items.values()],
    put: (item: TableItem): void => {
      items.set(nameOf(item), item);
    },
    find: (pk: string, sk: string): TableItem | undefined => items.get(`${pk} ${sk}`),
    /** True when a head of so many bytes is taken; the table is never too busy for one. */
    takesHead: (bytes: number): boolean => bytes <= LARGEST_ITEM,
    /**
     * From now on transactions are throttled for which this says so, by the bytes that they add beside a head. What is
     * there already can be changed: its size was taken once, and DynamoDB gives each key 1,000 write units a second.
     */
    throttle: (when: (bytes: number) => boolean): void => {
      isBusy = when;
    },
    /** The one method of a client of DynamoDB that adapters of the product call. */
    send: async ({ input }: Readonly<{ input: Input }>): Promise<object> => {
      if (input.TransactItems) return transact(input.TransactItems);
      if (input.KeyConditionExpression) return query([...items.values()], input);
      if (input.Item) return put(input.Item, input);
      if (input.Key) return { Item: items.get(nameOf(input.Key)) };

      const asked = Object.entries(input.RequestItems ?? {});
      return { Responses: Object.fromEntries(asked.map(([table, of]) => [table, batch(of)])) };
    },
  };
};

const conditionFailed = (): Error =>
  Object.assign(new Error('The conditional request failed'), {
    name: 'ConditionalCheckFailedException',
  });

/** DynamoDB reads no more than so many bytes for a page of a Query. */
const LARGEST_PAGE = 1_024 * 1_024;

/** A page of a Query over the two halves of a key. */
const query = (all: readonly TableItem[], input: Input): object => {
  const { ExpressionAttributeValues: values = {}, ExclusiveStartKey, Limit = all.length } = input;
  const [first = '', last = `${first}\uFFFF`] = [values[':first']?.S, values[':last']?.S];
  const isForward = input.ScanIndexForward !== false;
  const start = ExclusiveStartKey?.sk?.S;
  const isAfterStart = (sk: string): boolean =>
    start === undefined || (isForward ? sk > start : sk < start);
  const found = all
    .filter(({ pk }) => pk?.S === values[':pk']?.S)
    .map((item) => ({ item, sk: item.sk?.S ?? '' }))
    .filter(({ sk }) => sk >= first && sk <= last && isAfterStart(sk))
    .toSorted((a, b) => (a.sk < b.sk ? -1 : 1) * (isForward ? 1 : -1))
    .map(({ item }) => item);

  let bytes = 0;
  const page = found.slice(0, Limit).filter((item) => {
    const fits = bytes < LARGEST_PAGE;
    bytes += sizeOf(item);
    return fits;
  });
  const end = page.at(-1);
  const isWhole = page.length === found.length || end === undefined;
  return {
    Items: page,
    ...(isWhole ? {} : { LastEvaluatedKey: { pk: end.pk, sk: end.sk } }),
  };
};

/** Throws if DynamoDB would not take so many bytes, however busy it is. */
const refuseTooLarge = (items: readonly TableItem[]): void => {
  const sizes = items.map(sizeOf);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.some((size) => size > LARGEST_ITEM)) {
    throw refused('Item size has exceeded the maximum allowed size');
  }
  if (items.length > MOST_IN_TRANSACTION || bytes > LARGEST_TRANSACTION) {
    throw refused('Transaction request exceeds the maximum size');
  }
};

const bytesBeside = (items: readonly TableItem[]): number =>
  items
    .filter(({ sk }) => sk?.S?.startsWith('HEAD#') !== true)
    .reduce((sum, item) => sum + sizeOf(item), 0);

const nameOf = ({ pk, sk }: TableItem): string => `${pk?.S} ${sk?.S}`;

/** Names and values, in bytes of UTF-8. */
export const sizeOf = (item: TableItem): number =>
  Object.entries(item).reduce(
    (sum, [name, { S = '', N = '', B }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(S) + N.length + (B?.length ?? 0),
    0,
  );

/** Items as `aws dynamodb query` prints them: bytes in base64. */
export const asPrinted = (items: readonly TableItem[]): string => {
  const printed = items.map((item) =>
    Object.entries(item).map(([name, { B, ...value }]) => [
      name,
      B === undefined ? value : { B: Buffer.from(B).toString('base64') },
    ]),
  );
  return JSON.stringify({ Items: printed.map((entries) => Object.fromEntries(entries)) });
};

const itemAfter = (items: ReadonlyMap<string, TableItem>, { Put, Update }: Write): TableItem => {
  if (Put) return Put.Item;
  if (!Update) throw refused('a write that the ledger does not make');

  const { Key, UpdateExpression, ExpressionAttributeValues: values = {} } = Update;
  const changes = [...UpdateExpression.matchAll(/#?(\w+) = (:\w+)/g)].map(
    ([, name = '', value]) => [name, values[value ?? ''] ?? {}],
  );
  return { ...items.get(nameOf(Key)), ...Key, ...Object.fromEntries(changes) };
};

const isMet = (items: ReadonlyMap<string, TableItem>, { Put }: Write): boolean => {
  if (Put?.ConditionExpression === undefined) return true;
  const stored = items.get(nameOf(Put.Item));
  if (Put.ConditionExpression.startsWith('attribute_not_exists')) return stored === undefined;
  const { ExpressionAttributeValues: values = {}, ExpressionAttributeNames: names = {} } = Put;
  if (values[':before'] !== undefined) return stored?.version?.N === values[':before'].N;
  return [...Put.ConditionExpression.matchAll(/(#\w+) = (:\w+)/g)].every(
    ([, name = '', value = '']) => stored?.[names[name] ?? '']?.S === values[value]?.S,
  );
};

const refused = (message: string): Error =>
  Object.assign(new Error(message), { name: 'ValidationException' });

const cancelled = (codes: readonly string[]): Error =>
  Object.assign(new Error(`Transaction cancelled [${codes.join(', ')}]`), {
    name: 'TransactionCanceledException',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
