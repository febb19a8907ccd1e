import { register } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import type { Collected } from './collect.ts';

/** The agreement of the instrumented code and Stryker's instrumenter. */
type Switchboard = {
  activeMutant?: string;
  currentTestId?: string;
  hitCount?: number;
  hitLimit?: number;
  mutantCoverage?: {
    static: Record<string, number>;
    perTest: Record<string, Record<string, number>>;
  };
};

export type Order =
  /** The mutants that each test reaches; those of `always` are reached while modules load. */
  Readonly<{ kind: 'cover' }> | Readonly<{ kind: 'try'; mutant: string; tests: readonly number[] }>;

/** The mutants that each test reaches; those of `always` are reached while modules load. */
export type Coverage = Readonly<{
  failed: readonly string[];
  count: number;
  always: readonly string[];
  perTest: Readonly<Record<string, Readonly<Record<string, number>>>>;
}>;

const TEST_MS = 3_000;
/** No loop of a decision turns so often. */
const MOST_HITS = 200_000;

const switchboard: Switchboard = {};
Reflect.set(globalThis, '__stryker__', switchboard);
const [files = '[]', mutant] = process.argv.slice(2);
// A mutant in what is computed while a module loads must be there before.
if (mutant !== undefined) switchboard.activeMutant = mutant;
fc.configureGlobal({ seed: 1, endOnFailure: true });
register('./hooks.mjs', import.meta.url);
const { tests } = (await import('./collect.ts')) as { tests: readonly Collected[] };
for (const file of JSON.parse(files) as readonly string[]) {
  await import(pathToFileURL(join(process.cwd(), file)).href);
}

const passes = async ({ run }: Collected): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), TEST_MS);
  });
  const done = (async () => {
    await run();
    return true;
  })().catch(() => false);
  const result = await Promise.race([done, late]);
  clearTimeout(timer);
  return result;
};

const cover = async (): Promise<Coverage> => {
  const failed: string[] = [];
  for (const [id, test] of tests.entries()) {
    switchboard.currentTestId = String(id);
    if (!(await passes(test))) failed.push(test.name);
  }
  delete switchboard.currentTestId;
  const { static: always = {}, perTest = {} } = switchboard.mutantCoverage ?? {};
  return { failed, count: tests.length, always: Object.keys(always), perTest };
};

/** The name of the first test that fails with the mutant. */
const firstFailure = async (order: Extract<Order, { kind: 'try' }>): Promise<string | null> => {
  Object.assign(switchboard, {
    activeMutant: order.mutant,
    hitCount: 0,
    hitLimit: MOST_HITS,
  });
  for (const id of order.tests) {
    const test = tests[id];
    if (test && !(await passes(test))) return test.name;
  }
  return null;
};

const answer = async (order: Order): Promise<void> => {
  process.send?.({ answer: await (order.kind === 'cover' ? cover() : firstFailure(order)) });
};
process.on('message', (order: Order) => void answer(order));
process.send?.({ ready: true });
