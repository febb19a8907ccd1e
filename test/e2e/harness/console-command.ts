import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { WORK_DIRECTORY } from './work-directory.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Bundling the page takes a moment, on a busy machine a long one. */
const MOST_MS = 120_000;

/** A console that a person has started, and how it ends. */
export type RunningConsole = Readonly<{
  /** The address that it has printed. */
  address: string;
  /** Presses Ctrl-C; answers with the exit code and what it printed for programs. */
  end: () => Promise<Readonly<{ code: number | null; stdout: string }>>;
}>;

/** Starts `npx tidegate console` as a person does, against the emulator, and waits for its address. */
export const startConsole = async (endpoint: string, table: string): Promise<RunningConsole> => {
  const place = ['--config', join(WORK_DIRECTORY, 'tidegate.yml'), '--table', table];
  const words = ['console', '--stage', 'e2e', '--since', '1h', '--by', 'ann', '--json', ...place];
  const child = spawn(process.execPath, [join(ROOT, 'cli/tidegate.mjs'), ...words], {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    printed.stdout += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);

  const address = await new Promise<string>((resolve, reject) => {
    const giveUp = (why: string): void => {
      kill();
      reject(new Error(`${why}: ${printed.stdout}${printed.stderr}`));
    };
    const timer = setTimeout(() => giveUp('the console printed no address'), MOST_MS);
    child.stderr.on('data', (chunk: Buffer) => {
      printed.stderr += chunk.toString();
      const [found] = /http:\/\/127\.0\.0\.1:\d+\/\S+\//.exec(printed.stderr) ?? [];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
    child.once('close', () => {
      clearTimeout(timer);
      giveUp('the console ended');
    });
  });
  return {
    address,
    end: async () => {
      child.kill('SIGINT');
      const code = await ended;
      process.off('exit', kill);
      return { code, stdout: printed.stdout };
    },
  };
};
