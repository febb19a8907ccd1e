import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';

const HARNESS = new URL('e2e/harness/', import.meta.url).href;
const directory = mkdtempSync(join(tmpdir(), 'tidegate-signal-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** A run that has started a long command, which has started a child of its own. */
const runOf = (log: string): string => `
  import { endOnSignal } from '${HARNESS}end-on-signal.ts';
  import { runCommand } from '${HARNESS}run-command.ts';
  endOnSignal(async () => {});
  const script = 'sleep 300 & echo $!; wait';
  await runCommand({ file: 'sh', args: ['-c', script], log: '${log}', timeoutMs: 60_000 });
`;

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0) && !isZombie(pid);
  } catch {
    return false;
  }
};

/** Has ended, and nobody has asked how yet: only Linux tells. */
const isZombie = (pid: number): boolean =>
  process.platform === 'linux' && readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2] === 'Z';

const pidIn = async (log: string): Promise<number> => {
  for (;;) {
    try {
      const pid = Number(readFileSync(log, 'utf8'));
      if (pid > 0) return pid;
    } catch {
      // The log is not there yet.
    }
    await sleep(20);
  }
};

test.each([
  { signal: 'SIGINT', code: 130 },
  { signal: 'SIGTERM', code: 143 },
  { signal: 'SIGHUP', code: 129 },
] as const)(
  'the wire test ends what it started when it gets $signal',
  async ({ signal, code }) => {
    const log = join(directory, signal);
    const run = spawn(process.execPath, [
      ...['--import', 'tsx', '--input-type=module', '--eval', runOf(log)],
    ]);
    const grandchild = await pidIn(log);
    expect(isAlive(grandchild)).toBe(true);

    run.kill(signal);
    const [exitCode] = (await once(run, 'exit')) as [number | null];
    // The system ends a process in its own time: on a busy machine not at once.
    for (let waits = 0; waits < 100 && isAlive(grandchild); waits += 1) await sleep(50);

    expect({ exitCode, isAlive: isAlive(grandchild) }).toEqual({ exitCode: code, isAlive: false });
  },
  20_000,
);
