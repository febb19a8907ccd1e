#!/usr/bin/env node
import { register } from 'tsx/esm/api';

register({ tsconfig: false });
const { main } = await import('./main.ts');

process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
});
