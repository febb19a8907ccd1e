import { buildPackage } from './build-package.ts';

// `npm pack` runs this first (`prepack` in package.json).
await buildPackage();
