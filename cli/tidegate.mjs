#!/usr/bin/env node
import { existsSync } from 'node:fs';

// A clone has the sources and runs them; the package has only what was built of them.
if (existsSync(new URL('process.ts', import.meta.url))) {
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: false });
  await import('./process.ts');
} else {
  await import(new URL('../dist/tidegate.mjs', import.meta.url).href);
}
