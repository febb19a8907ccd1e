import { join } from 'node:path';
import base from '../../jest.config.js';

process.env.TIDEGATE_MOST_RUNS = '60';

/** The tests that judge shared/domain: its own, and those of the use cases. */
export default {
  ...base,
  rootDir: join(import.meta.dirname, '../..'),
  testMatch: ['<rootDir>/test/domain/**/*.test.ts', '<rootDir>/test/app/**/*.test.ts'],
  collectCoverage: false,
};
