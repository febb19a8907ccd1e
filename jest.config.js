const all = (percent) => ({
  branches: percent,
  functions: percent,
  lines: percent,
  statements: percent,
});

/** @type {import('jest').Config} */
export default {
  // Jest would leave one core idle: half of a small machine.
  maxWorkers: '100%',
  // Coverage counts a source that no test imports only when it lies under a root.
  roots: ['<rootDir>/test', '<rootDir>/shared'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/bench/'],
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
