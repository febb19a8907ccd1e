#!/usr/bin/env node
import { userInfo } from 'node:os';
import { register } from 'tsx/esm/api';

// People's Node may be older than Lambda's; the SDK would say so at every command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
register({ tsconfig: false });
const { main } = await import('./main.ts');

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  now: Date.now,
  user: userInfo().username,
  // The SDK is loaded only for commands that reach AWS: the others answer at once.
  connect: async () => (await import('../shared/aws/account.ts')).connect(),
});
