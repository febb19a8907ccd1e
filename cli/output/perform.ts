import { EXIT, type ExitCode, FAILURES } from '../exit-codes.ts';
import type { Finish, Terminal } from '../terminal.ts';
import { type Annotation, annotationLine } from './annotation.ts';
import { describeFailure, type Failure } from './failure.ts';
import { failureOf } from './failure-of.ts';
import type { Format } from './format.ts';
import { describePlace, type Place } from './place.ts';
import { annotationsOf } from './problem-annotations.ts';

/** The version of everything that `--json` prints; a change that breaks readers raises it. */
const JSON_VERSION = 1;

/** The answer of a command. */
export type Report = Readonly<{
  /** For people, on stdout; without the last line break. */
  text: string;
  /** For programs: fields of the one JSON object. */
  data: object;
  /** 0 when absent. */
  exitCode?: ExitCode;
  /** Lines for people on stderr: what was used, what to do next. */
  talk?: readonly string[];
  /** Remarks on lines of the file, for `--format github`. */
  annotations?: readonly Annotation[];
}>;

/** Names the deployment that a command is about; on the first line, before anything is changed. */
export type Announce = (place: Place) => void;

/** The command at work, and how it was called. */
export type Call = Readonly<{
  command: string;
  json?: true | undefined;
  format?: Format | undefined;
  profile?: string | undefined;
}>;

/** Runs a command, and delivers what it says or why it failed, for people or for programs. */
export const perform =
  (terminal: Terminal, finish: Finish) =>
  async (
    { command, json: isShort, format, profile }: Call,
    work: (announce: Announce) => Promise<Report> | Report,
  ): Promise<void> => {
    const { stdout, stderr } = terminal;
    const json = format === 'json' ? true : isShort;
    let place: Place | undefined;
    const announce: Announce = (found) => {
      place = found;
      if (!json) stdout.write(`${describePlace(found)}\n`);
    };

    try {
      const { text, data, exitCode = EXIT.ok, talk = [], annotations = [] } = await work(announce);
      const where = place === undefined ? {} : { deployment: place };
      stdout.write(json ? asJson({ command, exitCode, ...where, ...data }) : `${text}\n`);
      if (format === 'github') annotate(terminal, annotations);
      stderr.write(talk.map((line) => `${line}\n`).join(''));
      finish(exitCode);
    } catch (thrown) {
      const failure = failureOf(thrown, { ...terminal, profile });
      finish(tellFailure(terminal, failure, { command, json, format, place }));
    }
  };

/** Annotations go to stdout, where GitHub looks for them. */
const annotate = (terminal: Terminal, annotations: readonly Annotation[]): void => {
  for (const each of annotations) terminal.stdout.write(`${annotationLine(each, terminal)}\n`);
};

type Failed = Pick<Call, 'json' | 'format'> &
  Readonly<{ command: string | null; place?: Place | undefined }>;

/** Tells of a failure; the answer is the exit code. */
export const tellFailure = (
  terminal: Terminal,
  failure: Failure,
  { command, json, format, place }: Failed,
): ExitCode => {
  const { stdout, stderr } = terminal;
  const { exitCode } = FAILURES[failure.code];
  const { frames: _frames, ...error } = failure;
  const where = place === undefined ? {} : { deployment: place };
  if (json) stdout.write(asJson({ command, exitCode, ...where, error }));
  if (format === 'github') annotate(terminal, annotationsOf(failure, command));
  stderr.write(describeFailure(failure));
  return exitCode;
};

const asJson = (value: object): string =>
  `${JSON.stringify({ schemaVersion: JSON_VERSION, ...value }, null, 2)}\n`;
