import { expect } from 'expect';

/** Stands in for @jest/globals: it collects the tests instead of running them. */
export type Collected = Readonly<{ name: string; run: () => unknown }>;

export const tests: Collected[] = [];
const path: string[] = [];

const describe = (name: string, body: () => void): void => {
  path.push(name);
  body();
  path.pop();
};

const test = (name: string, run: () => unknown): void => {
  tests.push({ name: [...path, name].join(' › '), run });
};

/** One test for each row, as Jest does it: a row that is a list is spread over the parameters. */
test.each =
  (rows: readonly unknown[]) =>
  (name: string, run: (...args: unknown[]) => unknown): void => {
    for (const [index, row] of rows.entries()) {
      const args = Array.isArray(row) ? row : [row];
      test(`${name} [${index}]`, () => run(...args));
    }
  };

export { describe, expect, test };
