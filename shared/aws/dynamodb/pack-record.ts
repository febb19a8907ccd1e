import { gzipSync } from 'node:zlib';
import type { Entry } from '#domain/lane/entry.ts';

type Opened = Extract<Entry, { kind: 'open' }>;

/**
 * A record as the table keeps it: gzipped JSON, which is a tenth of the text for a large group. `beside` has
 * several pieces when it is too large to lie in its entry; `missing` says why there is none.
 */
export type PackedRecord =
  | Readonly<{ kind: 'inside'; bytes: Uint8Array }>
  | Readonly<{ kind: 'beside'; pieces: readonly Uint8Array[] }>
  | Readonly<{ kind: 'missing'; why: string }>;

/** Closing an entry pays for all of it once more, so what is larger lies beside it. */
const MOST_INSIDE = 64 * 1_024;
/** DynamoDB takes items of 400 KB with their names and keys. */
const MOST_IN_PIECE = 360 * 1_024;
/** A transaction takes 4 MB in all, of which the head needs some. */
const MOST_PACKED = 3 * 1_024 * 1_024;

/** Packs a decision with all that it looked at. */
export const packRecord = ({ decision, observation }: Opened): PackedRecord => {
  const bytes = gzipSync(JSON.stringify({ schemaVersion: 1, decision, observation }));
  if (bytes.length <= MOST_INSIDE) return { kind: 'inside', bytes };
  if (bytes.length <= MOST_PACKED) return { kind: 'beside', pieces: piecesOf(bytes) };

  const why = `it has ${bytes.length} bytes packed, and at most ${MOST_PACKED} can be written at once`;
  return { kind: 'missing', why };
};

const piecesOf = (bytes: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / MOST_IN_PIECE) }, (_, index) =>
    bytes.subarray(index * MOST_IN_PIECE, (index + 1) * MOST_IN_PIECE),
  );
