const all = (percent) => ({
  branches: percent,
  functions: percent,
  lines: percent,
  statements: percent,
});

/** Tests that make packages, start many commands or let whole days pass say so in their name: people wait for the others. */
const LONG = '\\.long\\.test\\.ts$';
const wantsLong = process.env.TIDEGATE_TESTS === 'long';

/**
 * Coverage is counted by Jest's own runner, which gives each test file a world of its own. Without it the files of a core share
 * one process, which loads a source once: that takes half the time.
 */
const countsCoverage = process.argv.includes('--coverage');

// Nor do people wait for thousands of random cases.
if (!(countsCoverage || wantsLong)) process.env.TIDEGATE_MOST_RUNS ??= '100';

/** @type {import('jest').Config} */
export default {
  runner: countsCoverage ? 'jest-runner' : 'jest-light-runner',
  // Jest would leave one core idle: half of a small machine.
  maxWorkers: '100%',
  // Coverage counts a source that no test imports only when it lies under a root.
  roots: ['<rootDir>/test', '<rootDir>/shared'],
  testMatch: [wantsLong ? '**/*.long.test.ts' : '**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', ...(wantsLong ? [] : [LONG])],
  testEnvironment: '<rootDir>/test/support/clean-environment.mjs',
  setupFiles: ['<rootDir>/test/support/isolate-aws.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript' },
          target: 'es2022',
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  coverageProvider: 'babel',
  coverageReporters: [['text', { skipFull: true }], 'lcovonly'],
  collectCoverageFrom: ['shared/**/*.ts'],
  coverageThreshold: {
    './shared/domain/': all(100),
    './shared/parse/': all(100),
    './shared/app/': all(90),
    './shared/aws/': all(90),
    './shared/channels/': all(90),
    './shared/lambda/': all(90),
  },
};
