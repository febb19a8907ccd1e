import { readFileSync } from 'node:fs';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { describeProblem } from '#parse/configuration/describe-problem.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';

/** Exit codes of a run from the command line; docs/cli.md has the table. */
export const ENDS = { well: 0, withFindings: 1, misused: 2, broken: 70 } as const;

/** An error that the person at the command line can put right: told in sentences, without a stack. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
  readonly exitCode: number;

  constructor(message: string, { exitCode = ENDS.misused, cause }: Circumstances = {}) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

type Circumstances = Readonly<{ exitCode?: number; cause?: unknown }>;

/** The text of a file that an option names. */
export const readNamed = (option: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new Misuse(`${option}: cannot read ${file}: ${describeFileTrouble(thrown)}`, {
      cause: thrown,
    });
  }
};

/** The rules in a file that an option names; its mistakes, each at its line, are misuse. */
export const rulesIn = (option: string, file: string): Configuration => {
  const parsed = parseConfiguration(readNamed(option, file), { file, prefix: 'tidegate-dev' });
  if (parsed.ok) return parsed.value;

  const { length } = parsed.problem;
  const mistakes = parsed.problem.map((each) => `${describeProblem(each)}\n\n`).join('');
  const many = length === 1 ? 'a mistake' : `${length} mistakes`;
  throw new Misuse(`${mistakes}${option}: ${file} has ${many}; fix it first`, {
    exitCode: ENDS.withFindings,
  });
};

/** The process that a program runs in. */
type Host = Readonly<{
  argv: readonly string[];
  stdout: Stream;
  stderr: Stream;
}> & { exitCode?: number | string | null | undefined };

type Stream = Readonly<{
  write: (text: string) => unknown;
  on: (event: 'error', listener: (error: Error & { code?: string }) => void) => unknown;
}>;

/** Runs a program and ends the process as it answers; whoever reads its output may stop reading. */
export const runProgram = async (
  host: Host,
  main: (words: readonly string[]) => Promise<number> | number,
): Promise<void> => {
  for (const stream of [host.stdout, host.stderr]) {
    stream.on('error', (error) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const words = host.argv.slice(2);
  try {
    host.exitCode = await main(words);
  } catch (thrown) {
    host.exitCode = tell(thrown, words, host);
  }
};

const tell = (thrown: unknown, words: readonly string[], { stdout, stderr }: Host): number => {
  if (!(thrown instanceof Misuse)) {
    stderr.write(`${thrown instanceof Error ? thrown.stack : thrown}\n`);
    return ENDS.broken;
  }
  const { exitCode, message } = thrown;
  if (words.includes('--json')) {
    const code = exitCode === ENDS.misused ? 'usage' : 'invalid-file';
    stdout.write(`${JSON.stringify({ schemaVersion: 1, exitCode, error: { code, message } })}\n`);
  }
  stderr.write(`${message}\n`);
  return exitCode;
};
