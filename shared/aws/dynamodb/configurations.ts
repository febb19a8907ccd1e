import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ConfigurationInForce, DeployedText } from '#domain/configuration/deployed-text.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Item } from './get-items.ts';
import { queryItems } from './query-items.ts';

/** The partition of what was deployed: texts by hash, and times at which they came into force. */
const PARTITION = 'CONFIGURATION';
/** DynamoDB takes items of 400 KB with their names and keys; gzipped, a file of some megabytes fits in one. */
const MOST_IN_PIECE = 360 * 1_024;

/** The deployment that a function is of. */
export type Deployed = Readonly<{ source: DeployedText; by: string }>;

/**
 * Writes down a configuration that has come into force: its text in pieces, and then when and by whom. Nothing is
 * forgotten: what was deployed stays as long as the table. Writing it twice does no harm.
 */
export const keepConfiguration = async (
  client: DynamoDBClient,
  table: string,
  { source: { hash, text }, by, at }: Deployed & Readonly<{ at: Instant }>,
): Promise<void> => {
  const put = (sk: string, rest: Item) =>
    client.send(
      new PutItemCommand({
        TableName: table,
        Item: { pk: { S: PARTITION }, sk: { S: sk }, ...rest },
      }),
    );
  for (const [index, piece] of piecesOf(text).entries()) {
    await put(`TEXT#${hash}#${String(index + 1).padStart(2, '0')}`, { piece: { B: piece } });
  }
  await put(`SINCE#${new Date(at).toISOString()}#${hash}`, { by: { S: by } });
};

const piecesOf = (text: string): readonly Uint8Array[] => {
  const packed = gzipSync(text);
  return Array.from({ length: Math.ceil(packed.length / MOST_IN_PIECE) }, (_, index) =>
    packed.subarray(index * MOST_IN_PIECE, (index + 1) * MOST_IN_PIECE),
  );
};

/** Reads which configuration was in force at a time; nothing when none is known of that time. */
export const readInForce =
  (client: DynamoDBClient, table: string) =>
  async (at: Instant): Promise<ConfigurationInForce | undefined> => {
    const last = `SINCE#${new Date(at).toISOString()}\uFFFF`;
    const [item] = await queryItems(client, table, {
      pk: PARTITION,
      first: 'SINCE#',
      last,
      order: 'descending',
      most: 1,
    });
    if (item === undefined) return undefined;
    const [, since = '', hash = ''] = (item.sk?.S ?? '').split('#');
    return { hash, since: Date.parse(since), by: item.by?.S ?? '' };
  };

/** Reads a text by its hash, or by how its hash begins; nothing when the table has none, or several begin so. */
export const readSource =
  (client: DynamoDBClient, table: string) =>
  async (begin: string): Promise<DeployedText | undefined> => {
    const first = `TEXT#${begin}`;
    const items = await queryItems(client, table, {
      pk: PARTITION,
      first,
      last: `${first}\uFFFF`,
      order: 'ascending',
    });
    const hashes = new Set(items.map(({ sk }) => (sk?.S ?? '').split('#')[1] ?? ''));
    const [hash] = hashes;
    if (hash === undefined || hashes.size > 1) return undefined;
    const pieces = items.map(({ piece }) => piece?.B ?? new Uint8Array());
    return { hash, text: gunzipSync(Buffer.concat(pieces)).toString('utf8') };
  };
