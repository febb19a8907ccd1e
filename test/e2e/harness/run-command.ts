import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

export type Command = Readonly<{
  file: string;
  args: readonly string[];
  log: string;
  timeoutMs: number;
  /** This directory when absent. */
  cwd?: string;
  env?: Readonly<Record<string, string>>;
}>;

/** Runs a command to its end; its output goes to a log file, whose tail an error repeats. */
export const runCommand = async ({
  file,
  args,
  log,
  timeoutMs,
  env,
  cwd,
}: Command): Promise<void> => {
  const name = [file.split('/').at(-1), ...args].join(' ');
  const output: string[] = [];
  const stream = createWriteStream(log, { flags: 'a' });
  // A process group of its own: at a time-out its children end with it.
  const child = spawn(file, args, {
    detached: true,
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.on('data', (chunk: Buffer) => {
      output.push(chunk.toString());
      stream.write(chunk);
    });
  }

  const end = stopGroup(child.pid);
  const timer = setTimeout(end, timeoutMs);
  process.once('exit', end);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    if (code !== 0) throw new Error(describe(name, code, timeoutMs));
  } catch (cause) {
    const tail = output.join('').trim().split('\n').slice(-15).join('\n');
    throw new Error(`${asText(cause)}\n${tail}\n(all of it: ${log})`, { cause });
  } finally {
    clearTimeout(timer);
    process.off('exit', end);
    stream.end();
    await finished(stream);
  }
};

const stopGroup = (pid: number | undefined) => () => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

const describe = (name: string, code: number | null, timeoutMs: number): string =>
  code === null
    ? `${name} was stopped: it may take ${timeoutMs / 1_000} s`
    : `${name} ended with exit code ${code}`;

const asText = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
