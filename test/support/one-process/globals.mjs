/** Stands in for @jest/globals: the functions that the runner has put into the global scope, once for each test file. */
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } = globalThis;

const environment = process.env;
const before = { ...environment };

// A file that changes the environment changes it for itself.
afterAll(() => {
  process.env = environment;
  for (const name of Object.keys(environment)) if (!(name in before)) delete environment[name];
  Object.assign(environment, before);
});
