import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { logFile } from '#test/e2e/harness/work-directory.ts';

/** Requests that an instance works on at once; it refuses more with 503. */
export const PLACES = 8;

/** The time from the launch of an instance to the start of the application on it. */
const BOOT_MS = 3_000;
const DRAIN_SECONDS = 5;

/** An instance of the fleet: after its boot a process of its own on this machine. */
export type Instance = Readonly<{
  /** The port at which it listens; nothing while it boots, and after its end. */
  port: () => number | undefined;
  /** Ends it as Auto Scaling does: it finishes what it works on. */
  stop: () => Promise<void>;
  /** Ends it at once, as when its machine fails. */
  kill: () => void;
  /** Stops it where it stands. Its connections stay open. */
  freeze: () => void;
}>;

type Launch = Readonly<{ application: string; databasePort: number; isBooted?: boolean }>;

/** Launches an instance; it serves after its boot time, or without one when it `isBooted`. */
export const launch = ({ application, databasePort, isBooted = false }: Launch): Instance => {
  const booting = new AbortController();
  let port: number | undefined;
  let child: ReturnType<typeof startProcess> | undefined;
  const kill = (): void => {
    process.off('exit', kill);
    booting.abort();
    port = undefined;
    child?.kill('SIGKILL');
  };
  const boot = async (): Promise<void> => {
    if (!isBooted) await sleep(BOOT_MS, undefined, { signal: booting.signal });
    child = startProcess(application, databasePort);
    child.stdout?.on('data', (chunk: Buffer) => {
      port ??= Number(/listening on port (\d+)/.exec(chunk.toString())?.[1]);
    });
  };
  process.once('exit', kill);
  // Whoever is ended while it boots never starts.
  boot().catch(() => undefined);

  return {
    port: () => port,
    kill,
    freeze: () => child?.kill('SIGSTOP'),
    stop: async () => {
      process.off('exit', kill);
      booting.abort();
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(kill, (DRAIN_SECONDS + 1) * 1_000);
      await exit;
      clearTimeout(timer);
    },
  };
};

const startProcess = (application: string, databasePort: number) => {
  const log = openSync(logFile('instances'), 'a');
  return spawn(process.execPath, [application], {
    stdio: ['ignore', 'pipe', log],
    env: {
      HOST: '127.0.0.1',
      PORT: '0',
      SESSION_KEY: 'a key for the drill alone',
      DATABASE: `127.0.0.1:${databasePort}`,
      DRAIN_SECONDS: String(DRAIN_SECONDS),
      CONCURRENCY: String(PLACES),
      WORK_MS: '0',
    },
  });
};
