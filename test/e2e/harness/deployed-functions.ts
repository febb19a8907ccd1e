import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pythonIn } from './python-environment.ts';
import { get, put } from './raw-call.ts';
import { runCommand } from './run-command.ts';
import type { Stack } from './stack.ts';
import { logFile, WORK_DIRECTORY } from './work-directory.ts';

export type FunctionName = 'scale' | 'heal' | 'notify' | 'sweep';
const FUNCTIONS: readonly FunctionName[] = ['scale', 'heal', 'notify', 'sweep'];

/** A function as Lambda knows it, and the folder with its unpacked code. */
export type DeployedFunction = Readonly<{
  name: FunctionName;
  arn: string;
  handler: string;
  runtime: string;
  timeoutSeconds: number;
  memoryMb: number;
  environment: Readonly<Record<string, string>>;
  /** Base64 of the SHA-256 that Lambda gives for the code. */
  codeSha256: string;
  directory: string;
}>;

/** The settings by which Lambda reads a queue. */
export type EventSourceMapping = Readonly<{
  functionName: FunctionName;
  queueArn: string;
  batchSize: number;
  maximumConcurrency: number;
  reportsFailures: boolean;
}>;

/** Reads the functions' deployed settings and downloads their deployed code. */
export const readFunctions = async (
  endpoint: string,
  stack: Stack,
  venv: string,
): Promise<readonly DeployedFunction[]> => {
  const read = async (name: FunctionName): Promise<DeployedFunction> => {
    const logicalId = logicalIdOf(name);
    const path = `/2015-03-31/functions/${stack.physicalIds.get(logicalId)}/configuration`;
    const settings = (await (await get(endpoint, 'lambda', path)).json()) as SettingsAnswer;
    const folder = settings.FunctionArn.split(':').at(-1) ?? name;
    const sha256 = settings.CodeSha256;
    const directory = await download({ endpoint, stack, venv, name, folder, sha256 });

    return {
      name,
      directory,
      arn: settings.FunctionArn,
      handler: settings.Handler,
      runtime: settings.Runtime,
      codeSha256: settings.CodeSha256,
      timeoutSeconds: settings.Timeout,
      memoryMb: settings.MemorySize,
      environment: settings.Environment?.Variables ?? {},
    };
  };
  return Promise.all(FUNCTIONS.map(read));
};

/**
 * Reads the stack's event source mappings and switches moto's own polling off: it would receive the
 * messages itself and try to run the functions in Docker.
 */
export const takeOverMappings = async (
  endpoint: string,
): Promise<readonly EventSourceMapping[]> => {
  const path = '/2015-03-31/event-source-mappings/';
  const { EventSourceMappings } = (await (await get(endpoint, 'lambda', path)).json()) as {
    EventSourceMappings: readonly MappingAnswer[];
  };
  for (const { UUID } of EventSourceMappings) {
    await put(endpoint, { service: 'lambda', path: `${path}${UUID}` }, { Enabled: false });
  }

  return EventSourceMappings.map((mapping) => ({
    functionName: nameIn(mapping.FunctionArn),
    queueArn: mapping.EventSourceArn,
    batchSize: mapping.BatchSize,
    maximumConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? 1,
    reportsFailures: (mapping.FunctionResponseTypes ?? []).includes('ReportBatchItemFailures'),
  }));
};

type SettingsAnswer = Readonly<{
  FunctionArn: string;
  Handler: string;
  Runtime: string;
  CodeSha256: string;
  Timeout: number;
  MemorySize: number;
  Environment?: Readonly<{ Variables?: Readonly<Record<string, string>> }>;
}>;

type MappingAnswer = Readonly<{
  UUID: string;
  FunctionArn: string;
  EventSourceArn: string;
  BatchSize: number;
  ScalingConfig?: Readonly<{ MaximumConcurrency?: number }>;
  FunctionResponseTypes?: readonly string[];
}>;

const logicalIdOf = (name: FunctionName): string =>
  `${name.slice(0, 1).toUpperCase()}${name.slice(1)}LambdaFunction`;

const nameIn = (functionArn: string): FunctionName => {
  const name = FUNCTIONS.find((each) => functionArn.endsWith(`-${each}`));
  if (name === undefined) throw new Error(`no function of ours is named ${functionArn}`);
  return name;
};

type Download = Readonly<{
  endpoint: string;
  stack: Stack;
  venv: string;
  name: FunctionName;
  /** The folder for its code, which no function of another stack has. */
  folder: string;
  sha256: string;
}>;

/** From the deployment bucket, where the deploy put it; it must be what Lambda says that it runs. */
const download = async ({
  endpoint,
  stack,
  venv,
  name,
  folder,
  sha256,
}: Download): Promise<string> => {
  const { Code } = stack.resolve(stack.resources[logicalIdOf(name)]?.Properties) as {
    Code: { S3Bucket: string; S3Key: string };
  };
  const response = await get(endpoint, 's3', `/${Code.S3Bucket}/${Code.S3Key}`);
  const zip = Buffer.from(await response.arrayBuffer());
  const found = createHash('sha256').update(zip).digest('base64');
  if (found !== sha256) throw new Error(`the code of ${name} in S3 is not the code in Lambda`);

  const directory = join(WORK_DIRECTORY, 'code', folder);
  await mkdir(directory, { recursive: true });
  await writeFile(`${directory}.zip`, zip);
  const args = ['-m', 'zipfile', '-e', `${directory}.zip`, directory];
  await runCommand({ file: pythonIn(venv), args, log: logFile('deploy'), timeoutMs: 20_000 });
  return directory;
};
