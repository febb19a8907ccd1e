import { gunzipSync } from 'node:zlib';
import { err, ok, type Result } from '#domain/basics/result.ts';
import { describeValue } from '#parse/configuration/describe-value.ts';
import type { Mistake } from '#parse/configuration/yaml/mistake.ts';
import { isObject, type JsonObject } from '../json.ts';
import { jsonDepth } from '../text-depth.ts';

/** A record, and the text in which its lines are counted. */
export type Unpacked = Readonly<{ record: JsonObject; text: () => string }>;

/** A record of ten thousand instances has 2 MB; what unpacks to more was not written by Tidegate. */
const MOST_BYTES = 256 * 1_024 * 1_024;
/** The deepest that Tidegate writes are expressions, and few go beyond ten levels. */
const DEEPEST = 100;

/**
 * The record in a text, whichever form it has: the record itself, an entry of the ledger as `aws dynamodb
 * get-item` prints it (with the record in it, packed or, of older versions, as text), or the pieces of a
 * large one as `aws dynamodb query` prints them.
 */
export const unpackRecord = (text: string): Result<Unpacked, Mistake> => {
  const found = readObject(text);
  if (!found.ok) return found;

  const { Item, Items, Responses } = found.value;
  const lists = isObject(Responses) ? Object.values(Responses) : [Items];
  const items = lists.filter(Array.isArray).flat().filter(isObject);
  const item = isObject(Item) ? Item : found.value;
  const isPlain = items.length === 0 && !isEntry(item);
  if (isPlain) return ok({ record: item, text: () => text });

  const inner = textOfRecord(items.length > 0 ? items : [item]);
  const record = inner.ok ? readObject(inner.value) : inner;
  if (record.ok) return ok({ record: record.value, text: () => indented(record.value) });
  const start = ATTRIBUTES.map((name) => text.indexOf(`"${name}"`)).find((at) => at >= 0) ?? 0;
  return wrong(inner.ok ? NO_RECORD : record.problem.message, start);
};

const NO_RECORD = 'found no record under "record"';

const indented = (record: JsonObject): string => JSON.stringify(record, null, 2);

const readObject = (text: string): Result<JsonObject, Mistake> => {
  if (jsonDepth(text) > DEEPEST) return wrong(`this nests more than ${DEEPEST} levels deep`);
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? ok(value) : wrong(`found ${describeValue(value)}`);
  } catch (thrown) {
    const position = /position (\d+)/.exec(String(thrown))?.[1];
    return wrong('this is no JSON', Math.min(Number(position ?? 0), text.length));
  }
};

const wrong = (message: string, start = 0): Result<never, Mistake> =>
  err({
    range: { start, end: start + 1 },
    code: 'wrong-type',
    message,
    expected: 'a JSON object: a record of a decision, or the entry that has it',
  });

const ATTRIBUTES = ['record', 'recordMissing', 'pieces', 'piece'];

const isEntry = (value: JsonObject): boolean => ATTRIBUTES.some((name) => isObject(value[name]));

/** Joins the record from items of the table, the entry or the pieces beside it, in any order. */
const textOfRecord = (items: readonly JsonObject[]): Result<string, Mistake> => {
  const records = items.map(({ record }) => record);
  const [text] = records.flatMap((record) => textIn(record, 'S') ?? []);
  if (text !== undefined) return ok(text);
  const [packed] = records.flatMap((record) => textIn(record, 'B') ?? []);
  if (packed !== undefined) return unpack([packed]);

  const pieces = items.flatMap(({ sk, piece }) => {
    const bytes = textIn(piece, 'B');
    return bytes === undefined ? [] : [{ key: textIn(sk, 'S') ?? '', bytes }];
  });
  if (pieces.length === 0) return wrong(whyNone(items));
  return unpack(pieces.toSorted((a, b) => a.key.localeCompare(b.key)).map(({ bytes }) => bytes));
};

const unpack = (packed: readonly string[]): Result<string, Mistake> => {
  try {
    const bytes = Buffer.concat(packed.map((text) => Buffer.from(text, 'base64')));
    return ok(gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8'));
  } catch {
    return wrong('the record is packed, and not whole');
  }
};

const whyNone = (items: readonly JsonObject[]): string => {
  const missing = items.flatMap(({ recordMissing }) => textIn(recordMissing, 'S') ?? []);
  if (missing.length > 0) return `the entry was written without its record: ${missing.join()}`;

  const [entry] = items.filter(({ pieces }) => isObject(pieces));
  if (entry === undefined) return NO_RECORD;
  const [pk, sk] = [textIn(entry.pk, 'S') ?? '', textIn(entry.sk, 'S') ?? ''];
  const beside = sk.replace(/^DECISION#/, 'RECORD#');
  const values = JSON.stringify({ ':pk': { S: pk }, ':sk': { S: `${beside}#` } });
  return `the record is large and lies beside its entry; get it with: aws dynamodb query --table-name TABLE --key-condition-expression "pk = :pk AND begins_with(sk, :sk)" --expression-attribute-values '${values}'`;
};

const textIn = (attribute: unknown, kind: 'S' | 'B'): string | undefined => {
  const value = isObject(attribute) ? attribute[kind] : undefined;
  return typeof value === 'string' ? value : undefined;
};
