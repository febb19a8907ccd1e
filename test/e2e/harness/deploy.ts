import { REGION } from './clients.ts';
import { runCommand } from './run-command.ts';
import { logFile } from './work-directory.ts';

const STAGE = 'e2e';
export const STACK = `tidegate-${STAGE}`;

/** Deploys the service as a person would, but for the address of AWS. */
export const deploy = (endpoint: string, configuration: string): Promise<void> =>
  serverless(endpoint, configuration, 'deploy');

/** Writes what `deploy` would upload, the template among it, into a folder. */
export const packageInto = (
  folder: string,
  endpoint: string,
  configuration: string,
): Promise<void> => serverless(endpoint, configuration, 'package', '--package', folder);

const serverless = (
  endpoint: string,
  configuration: string,
  ...args: readonly string[]
): Promise<void> =>
  runCommand({
    file: 'npx',
    args: ['serverless', ...args, '--stage', STAGE, '--region', REGION],
    log: logFile('deploy'),
    timeoutMs: 120_000,
    env: { ...deployerEnvironment(endpoint), TIDEGATE_CONFIG: configuration },
  });

/** The environment of whoever deploys. */
export const deployerEnvironment = (endpoint: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: 'deployer',
  AWS_SECRET_ACCESS_KEY: 'deployer',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  SLS_TELEMETRY_DISABLED: '1',
  SLS_NOTIFICATIONS_MODE: 'off',
});
