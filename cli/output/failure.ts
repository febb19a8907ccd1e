import type { FailureCode } from '../exit-codes.ts';

/** A command could not do what it was asked: the cause, and the way out. */
export type Failure = Readonly<{
  code: FailureCode;
  /** A sentence: what was found, where, and what was expected. */
  message: string;
  /** The next step: a command, an option or a key. */
  help?: string;
  /** Mistakes of a file, each with its place. */
  problems?: readonly object[];
  /** The same mistakes for people, with the lines that they are in. */
  frames?: string;
}>;

/** Carries a failure from where it is noticed to where it is told. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.failure = failure;
  }
}

/** An error to throw: a code, a sentence and the way out. */
export const failure = (code: FailureCode, message: string, help?: string): CommandFailure =>
  new CommandFailure({ code, message, ...(help === undefined ? {} : { help }) });

/** A failure for people, as it goes to stderr. */
export const describeFailure = ({ message, help, frames }: Failure): string =>
  [
    ...(frames === undefined ? [] : [`${frames}\n`]),
    `tidegate: ${message}`,
    ...(help === undefined ? [] : [`  ${help}`]),
    '',
  ].join('\n');
