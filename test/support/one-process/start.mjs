import * as modules from 'node:module';
import { resolve } from './hooks.mjs';

// Runs in each worker before it loads a test file. Node.js 24 takes the types off by itself, and asks hooks at once; on Node.js
// 20 tsx does the one, and hooks live in a thread of their own.
if (process.features.typescript) modules.registerHooks({ resolve });
else {
  const { register } = await import('tsx/esm/api');
  register();
  modules.register('./hooks.mjs', import.meta.url);
}
