import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { REGION } from './clients.ts';
import type { DeployedFunction } from './deployed-functions.ts';
import { logFile } from './work-directory.ts';

export type Invocation =
  | Readonly<{ kind: 'returned'; json?: string }>
  | Readonly<{ kind: 'failed'; error: string }>;

export type LambdaFunction = Readonly<{
  deployed: DeployedFunction;
  /** Invokes the function in an idle execution environment, or in a new one. */
  invoke: (event: unknown) => Promise<Invocation>;
  /** Its log so far, line by line. */
  lines: readonly string[];
  /** Ends every environment that is at work, in the middle of whatever it does. */
  crash: () => void;
  stop: () => Promise<void>;
}>;

/** Runs a deployed bundle as Lambda does: with its environment, its handler and its timeout. */
export const startLambda = (deployed: DeployedFunction, endpoint: string): LambdaFunction => {
  const log = createWriteStream(logFile(deployed.name), { flags: 'a' });
  const lines: string[] = [];
  const all = new Set<Worker>();
  const idle: Worker[] = [];
  const open = (): Worker => {
    const worker = startWorker(deployed, endpoint);
    for (const stream of [worker.stdout, worker.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        log.write(`${line}\n`);
      });
    }
    worker.once('exit', () => all.delete(worker));
    all.add(worker);
    return worker;
  };

  return {
    deployed,
    lines,
    invoke: async (event) => {
      const worker = idle.pop() ?? open();
      const invocation = await run(worker, event, deployed.timeoutSeconds * 1_000);
      if (all.has(worker) && !invocation.isBroken) idle.push(worker);
      return invocation;
    },
    crash: () => {
      for (const worker of all) if (!idle.includes(worker)) end(worker);
    },
    stop: async () => {
      await Promise.all([...all].map((worker) => worker.terminate()));
      log.end();
    },
  };
};

const startWorker = (deployed: DeployedFunction, endpoint: string): Worker => {
  const { name, directory, handler, memoryMb, arn } = deployed;
  const functionName = arn.split(':').at(-1) ?? '';

  return new Worker(new URL('./execution-environment.mjs', import.meta.url), {
    env: environmentOf(deployed, functionName, endpoint),
    execArgv: [],
    stdout: true,
    stderr: true,
    name,
    workerData: {
      directory,
      handler,
      context: {
        functionName,
        functionVersion: '$LATEST',
        invokedFunctionArn: arn,
        memoryLimitInMB: String(memoryMb),
        logGroupName: `/aws/lambda/${functionName}`,
        logStreamName: 'e2e',
      },
    },
  });
};

/** The deployed variables, those that Lambda adds, and the two that lead to the emulator. */
const environmentOf = (
  { name, environment, directory, handler, memoryMb, runtime }: DeployedFunction,
  functionName: string,
  endpoint: string,
): Record<string, string> => ({
  ...environment,
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_LAMBDA_FUNCTION_NAME: functionName,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
  LAMBDA_TASK_ROOT: directory,
  _HANDLER: handler,
  AWS_ACCESS_KEY_ID: name,
  AWS_SECRET_ACCESS_KEY: name,
  AWS_ENDPOINT_URL: endpoint,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});

/** Ends an environment; whoever waits for its answer hears of that by itself. */
const end = (worker: Worker): void => {
  worker.terminate().catch(() => undefined);
};

type Run = Invocation & Readonly<{ isBroken?: true }>;

const run = (worker: Worker, event: unknown, timeoutMs: number): Promise<Run> =>
  new Promise((resolve) => {
    const finish = (invocation: Run) => {
      clearTimeout(timer);
      worker.off('message', take).off('error', fail).off('exit', vanish);
      resolve(invocation);
    };
    const take = (message: Invocation | Readonly<{ kind: 'ready' }>) => {
      if (message.kind !== 'ready') finish(message);
    };
    const broken = (error: string) => finish({ kind: 'failed', error, isBroken: true });
    const fail = (error: Error) => broken(String(error.stack));
    const vanish = () => broken('the execution environment ended');
    const timer = setTimeout(() => {
      broken(`Task timed out after ${timeoutMs / 1_000} seconds`);
      end(worker);
    }, timeoutMs);

    worker.on('message', take).once('error', fail).once('exit', vanish);
    const deadline = Date.now() + timeoutMs;
    worker.postMessage({ event, deadline, requestId: randomUUID() });
  });
