/** Exit codes; they are stable, and stand in the help and in docs/cli.md. */
export const EXIT = {
  ok: 0,
  /** The input has a fault: a file with mistakes, a finding, a decision that differs. */
  invalid: 1,
  /** The command line or its surroundings must change before anything can be done. */
  usage: 2,
  /** AWS refused or did not answer, or what was asked for is not there. */
  failed: 3,
  /** Tidegate itself failed; sysexits.h calls it EX_SOFTWARE. */
  bug: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Causes of a command's failure, and the code that it ends with; scripts may rely on the words. */
export const FAILURES = {
  usage: {
    exitCode: EXIT.usage,
    meaning: 'an option, an argument or its value is wrong, or two of them contradict each other',
  },
  'unreadable-file': { exitCode: EXIT.usage, meaning: 'a file is not there or cannot be read' },
  'unwritable-file': { exitCode: EXIT.usage, meaning: 'a file or directory cannot be written' },
  'unknown-name': {
    exitCode: EXIT.usage,
    meaning: 'there is no such command, group or channel',
  },
  'no-stage': {
    exitCode: EXIT.usage,
    meaning: 'several stages are deployed, and none is named',
  },
  'no-region': { exitCode: EXIT.usage, meaning: 'no AWS Region is set' },
  'unknown-profile': { exitCode: EXIT.usage, meaning: 'there is no such AWS profile' },
  refused: {
    exitCode: EXIT.usage,
    meaning: 'a drill that is not safe as things are, or would show nothing; nothing was done',
  },
  'invalid-file': {
    exitCode: EXIT.invalid,
    meaning: 'a file was read and has mistakes',
  },
  'not-deployed': { exitCode: EXIT.failed, meaning: 'there is no such deployment' },
  'signed-out': {
    exitCode: EXIT.failed,
    meaning: 'there are no credentials, or they have expired',
  },
  denied: { exitCode: EXIT.failed, meaning: 'the credentials do not allow it' },
  'out-of-reach': { exitCode: EXIT.failed, meaning: 'AWS gave no answer' },
  overtaken: {
    exitCode: EXIT.failed,
    meaning: 'somebody else changed the same thing at the same time; nothing was written',
  },
  aws: { exitCode: EXIT.failed, meaning: 'AWS refused for another reason; the message quotes it' },
  bug: { exitCode: EXIT.bug, meaning: 'Tidegate itself failed: please report it' },
} as const satisfies Readonly<Record<string, Readonly<{ exitCode: ExitCode; meaning: string }>>>;

export type FailureCode = keyof typeof FAILURES;

/** The part of the help that says how commands end. */
export const EXIT_CODE_HELP = `
Exit codes:
  0   all is well
  1   a file has mistakes, lint or doctor found something, a replay differs, or a drill did not pass
  2   the command line is wrong: an option, a name, an unreadable file, no Region, no stage;
      or the file of plan would change something
  3   AWS refused or gave no answer, nothing is deployed there, or somebody else wrote first
  70  a bug in Tidegate; TIDEGATE_DEBUG=1 prints the stack
`;
