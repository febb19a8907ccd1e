import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { failure } from '#cli/output/failure.ts';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import { err, ok, type Result } from '#domain/basics/result.ts';

/** Files of a history within its folder; names that end in `.gz` are packed. */
export type HistoryFolder = Readonly<{
  read: (file: string) => Result<string, string>;
  /** Writes as a whole or not at all. Throws a failure where it cannot. */
  write: (file: string, text: string) => void;
}>;

/** Much more than a history has: what unpacks to it is no history. */
const MOST_BYTES = 512 * 1_024 * 1_024;

export const historyFolder = (path: string): HistoryFolder => ({
  read: (file) => {
    try {
      return ok(unpacked(readFileSync(join(path, file))));
    } catch (thrown) {
      return err(describeFileTrouble(thrown));
    }
  },
  write: (file, text) => {
    const target = join(path, file);
    try {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(`${target}.part`, file.endsWith('.gz') ? gzipSync(text) : text);
      renameSync(`${target}.part`, target);
    } catch (thrown) {
      throw failure(
        'unwritable-file',
        `cannot write ${target}: ${describeFileTrouble(thrown)}`,
        'choose another directory: --out DIR',
      );
    }
  },
});

/** A folder that nobody keeps. */
export const passingFolder = (): HistoryFolder => {
  const files = new Map<string, string>();
  return {
    read: (file) => {
      const text = files.get(file);
      return text === undefined ? err('it was not fetched') : ok(text);
    },
    write: (file, text) => {
      files.set(file, text);
    },
  };
};

/** The text of a file, packed or not: the first two bytes tell. */
export const unpacked = (bytes: Buffer): string =>
  bytes[0] === 0x1f && bytes[1] === 0x8b
    ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8')
    : bytes.toString('utf8');
