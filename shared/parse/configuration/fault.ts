import { err, type Result } from '#domain/basics/result.ts';

/** The path of a value in the file: keys and list positions, from the root. */
export type Path = readonly (string | number)[];

/** The sort of mistake; the names are stable, so that scripts can rely on them. */
export type FaultCode =
  | 'yaml'
  | 'too-large'
  | 'duplicate-key'
  | 'unknown-key'
  | 'not-in-this-version'
  | 'missing-key'
  | 'wrong-type'
  | 'bad-value'
  | 'bad-name'
  | 'unknown-name'
  | 'out-of-range'
  | 'conflict'
  | 'secret';

/** One mistake in the file, not yet placed on a line. */
export type Fault = Readonly<{
  path: Path;
  code: FaultCode;
  /** The mistake that was found. */
  message: string;
  /** The value that would have been right. */
  expected?: string;
  /** A way to correct it: the nearest valid word, or a command to run. */
  suggestion?: string;
  /** Set when the key itself is wrong rather than its value. */
  at?: 'key';
  /** The part of the value's text that is wrong. */
  span?: Span;
  /** Keys of the same mapping that are missing only because of this fault. */
  explains?: readonly string[];
  /** Set when something is missed; it names the keys at the path that would do, though they cannot be read. */
  lacks?: readonly string[];
}>;

export type Span = Readonly<{ start: number; length: number }>;

/** A fault as the reader of one value sees it; its path is relative to that value. */
export type Complaint = Omit<Fault, 'path'> & Readonly<{ path?: Path }>;

export const complain = (complaint: Complaint): Result<never, Complaint> => err(complaint);

/** The same complaint about a value that lies deeper, or further to the right, than its reader knew. */
export const shifted = (complaint: Complaint, span: Span): Complaint => ({
  ...complaint,
  span: {
    start: span.start + (complaint.span?.start ?? 0),
    length: complaint.span?.length ?? span.length,
  },
});
