import { stderr, stdout } from 'node:process';
import type { Note } from '#domain/lane/note.ts';
import { markLinesWith } from '#lambda/mark-lines.ts';
import { takeNote } from '#lambda/take-note.ts';

/** Logs a note as the deployed functions do, and counts its bytes in place of printing it. */
export const logBytesOf = (note: Note): number => {
  markLinesWith(SOME_REQUEST_ID);
  // Other lines are warnings about variables that only a deployment sets.
  const lines = captured(() => takeNote(note))
    .split('\n')
    .filter((line) => line.startsWith('{'));
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + EVENT_BYTES, 0);
};

/** The ids of all invocations are as long. */
const SOME_REQUEST_ID = '00000000-0000-0000-0000-000000000000';

/** Does work that prints, and answers what it would have printed. */
const captured = (work: () => void): string => {
  const streams = [stdout, stderr];
  const kept = streams.map(({ write }) => write);
  let text = '';
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      text += String(chunk);
      return true;
    };
  }
  try {
    work();
    return text;
  } finally {
    for (const [index, stream] of streams.entries())
      stream.write = kept[index] as typeof stream.write;
  }
};

/** CloudWatch Logs counts so many bytes with each event. */
const EVENT_BYTES = 26;
