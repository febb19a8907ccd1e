import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { until } from './until.ts';
import { logFile } from './work-directory.ts';

export type Server = Readonly<{ endpoint: string; stop: () => Promise<void> }>;

/** Starts moto on the loopback interface, on a free port, and waits until it answers. */
export const startMoto = async (environment: string): Promise<Server> => {
  const port = await freePort();
  const log = openSync(logFile('moto'), 'a');
  const server = join(import.meta.dirname, 'moto_server.py');
  const args = [server, '-H', '127.0.0.1', '-p', String(port)];
  const child = spawn(join(environment, 'bin', 'python'), args, {
    stdio: ['ignore', log, log],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  try {
    await until('moto answers', () => isUp(endpoint, child.exitCode), 30_000);
  } catch (cause) {
    await stop();
    throw new Error(`moto did not start (see ${logFile('moto')})`, { cause });
  }
  return { endpoint, stop };
};

const isUp = async (endpoint: string, exitCode: number | null): Promise<true | undefined> => {
  if (exitCode !== null) throw new Error(`moto_server ended with exit code ${exitCode}`);
  try {
    return (await fetch(`${endpoint}/moto-api/`)).ok ? true : undefined;
  } catch {
    return undefined;
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port was found');
  return address.port;
};
