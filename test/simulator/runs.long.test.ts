import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { CHECKERS } from '#simulator/check/all-checkers.ts';
import { FAULT_IDS, FAULTS } from '#simulator/faults/catalogue.ts';
import { BUGS } from '#simulator/planted/bugs.ts';
import { rowOf, rowsOn, seedsOn, withTable } from '#simulator/planted/table.ts';
import { readArguments } from '#simulator/run/arguments.ts';
import { neverStruck, neverTested } from '#simulator/run/figures.ts';
import { runSeeds } from '#simulator/run/pool.ts';
import { runSeed } from '#simulator/run/run-seed.ts';
import { traceLine } from '#simulator/run/trace-line.ts';
import { withFigures } from '#simulator/run/written-tables.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Runs the seed with every fault; the digest is that of all its events. */
const runOnce = async (seed: number) => {
  const hash = createHash('sha256');
  const run = await runSeed({
    seed,
    kinds: FAULT_IDS,
    listen: (event) => hash.update(traceLine(event)),
  });
  return { ...run, digest: hash.digest('hex') };
};

/** A run of seed 1 with every fault: several tests look at it. The first 200 seeds run in `npm run simulate`. */
let firstRun: Awaited<ReturnType<typeof runOnce>>;
beforeAll(async () => {
  firstRun = await runOnce(1);
}, 60_000);

describe('a run', () => {
  test('with every fault breaks no promise', () => {
    expect(firstRun.violations).toEqual([]);
  });

  test('without faults breaks none either, and does something', async () => {
    const { violations, counts } = await runSeed({ seed: 2, kinds: [] });

    expect(violations).toEqual([]);
    expect(counts.get('outcome scaled')).toBeGreaterThan(3);
    expect(counts.get('event fault')).toBeUndefined();
  }, 60_000);

  test('of the same seed is the same to the byte, of another seed it is not', async () => {
    expect((await runOnce(1)).digest).toBe(firstRun.digest);
    expect((await runOnce(8)).digest).not.toBe(firstRun.digest);
  }, 60_000);
});

describe('the catalogue of faults', () => {
  test('numbers every kind once', () => {
    expect(FAULTS.map(({ id }) => id)).toEqual(
      Array.from({ length: 42 }, (_, index) => `F${index + 1}`),
    );
  });
});

describe('checkers', () => {
  test('have a name of their own and a promise each', () => {
    expect(new Set(CHECKERS.map(({ id }) => id)).size).toBe(CHECKERS.length);
    expect(CHECKERS.filter(({ promise }) => promise.length < 20)).toEqual([]);
  });
});

describe('how often a promise was tested', () => {
  test('is counted by every run, and a promise that was never judged is named', () => {
    const { counts } = firstRun;

    expect(counts.get('tested S1')).toBe(counts.get('call SetDesiredCapacity'));
    expect(neverTested(counts)).not.toContain('S1');
    expect(neverTested(new Map())).toEqual(CHECKERS.map(({ id }) => id));
  });

  test('says which kinds of faults never struck', () => {
    const counts = new Map(FAULT_IDS.filter((id) => id !== 'F9').map((id) => [`fault ${id}`, 1]));

    expect(neverStruck(counts)).toEqual(['F9']);
  });
});

describe('a pool of runs', () => {
  test('begins no seed more once the taker has seen enough', async () => {
    const orders = [1, 2, 3, 4].map((seed) => ({ seed, kinds: [] }));
    const taken: number[] = [];
    await runSeeds(orders, 1, ({ seed }) => {
      taken.push(seed);
      return seed < 2;
    });

    expect(taken).toEqual([1, 2]);
  }, 120_000);
});

describe('the table of planted bugs', () => {
  const bug = { name: 'nobody waits', file: 'shared/a.ts', find: 'a', replace: 'b' };

  test('names each promise that a bug breaks once, with the seed', () => {
    const violations = ['S1', 'S2', 'S1'].map((checker) => ({ checker }));

    expect(rowOf(bug, { seed: 7, violations })).toBe(
      '| nobody waits | `shared/a.ts` | S1, S2 | 7 |',
    );
    expect(rowOf(bug, undefined)).toBe('| nobody waits | `shared/a.ts` | nobody | – |');
  });

  test('replaces the one on the page and nothing around it', () => {
    const page = readFileSync(join(ROOT, 'docs/simulator.md'), 'utf8');
    const once = withTable(page, [rowOf(bug, undefined)]);

    expect(once).toContain('| nobody waits |');
    expect(once.split('| --- | --- | --- | --- |\n| nobody waits')).toHaveLength(2);
    expect(once.slice(0, 500)).toBe(page.slice(0, 500));
    expect(once.slice(-500)).toBe(page.slice(-500));
    expect(withTable(once, [rowOf(bug, undefined)])).toBe(once);
  });

  test('tells the seeds of its rows again, and none of a bug that nobody noticed', () => {
    const page = readFileSync(join(ROOT, 'docs/simulator.md'), 'utf8');
    const other = { ...bug, name: 'nobody | looks' };
    const rows = [
      rowOf(bug, { seed: 12, violations: [{ checker: 'S1' }] }),
      rowOf(other, undefined),
    ];

    expect(seedsOn(withTable(page, rows))).toEqual(new Map([['nobody waits', 12]]));
    expect([...rowsOn(withTable(page, rows)).values()]).toEqual(rows);
    expect(seedsOn('# A page')).toEqual(new Map());
  });

  test('says which marks it misses on a page without them', () => {
    expect(() => withTable('# A page', [])).toThrow('expected the marks');
  });
});

describe('the tables of promises and of faults', () => {
  const page = readFileSync(join(ROOT, 'docs/simulator.md'), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| [FSL]\d/.test(line));
  const figures = { seeds: 3, violations: 0, seconds: 1, counts: new Map([['tested S1', 1_234]]) };

  test('have a row for every checker and for every kind of fault, in its words', () => {
    const wanted = [
      ...FAULTS.map(({ id, sentence }) => `| ${id} | ${sentence} |`),
      ...CHECKERS.map(({ id, promise }) => `| ${id} | ${promise} |`),
    ];

    expect(rows.map((row) => `${row.split(' | ').slice(0, 2).join(' | ')} |`)).toEqual(wanted);
  });

  test('say how often a run tested each, and change nothing around them', () => {
    const written = withFigures(page, figures);

    expect(written).toContain('| Promise | What it says | Tested in 3 seeds |');
    expect(written).toContain('as they were last read | 1,234 |');
    expect(written.slice(0, 500)).toBe(page.slice(0, 500));
    expect(written.slice(-500)).toBe(page.slice(-500));
    expect(withFigures(written, figures)).toBe(written);
  });
});

describe('planted bugs', () => {
  test('are at least thirty, and each fits exactly once into its file', () => {
    expect(BUGS.length).toBeGreaterThanOrEqual(30);
    const misfits = BUGS.filter(
      ({ file, find }) => readFileSync(join(ROOT, file), 'utf8').split(find).length !== 2,
    );

    expect(misfits.map(({ name }) => name)).toEqual([]);
  });

  test('change something', () => {
    expect(BUGS.filter(({ find, replace }) => find === replace)).toEqual([]);
  });
});

describe('the command line', () => {
  test('runs a hundred seeds with all faults when it is not told otherwise', () => {
    expect(readArguments([], 2)).toEqual({
      seeds: 100,
      seed: 1,
      jobs: 2,
      kinds: FAULT_IDS,
      isTraced: false,
      isJson: false,
      isFirstOnly: false,
      needsAllTested: false,
      mustWrite: false,
    });
  });

  test.each([
    { words: ['--seeds', '0'], says: /--seeds: found "0", expected a whole number from 1/ },
    { words: ['--seed', 'x'], says: /--seed: found "x"/ },
    { words: ['--faults', 'F1,F99'], says: /--faults: found "F99", expected all, none/ },
    { words: ['--trace'], says: /--trace: needs --seeds 1/ },
    { words: ['--nonsense'], says: /nonsense/ },
  ])('says what is wrong with $words', ({ words, says }) => {
    expect(readArguments(words, 2)).toMatch(says);
  });

  test.each([
    { words: ['--faults', 'none'], kinds: [] },
    { words: ['--faults', 'F9,F2'], kinds: ['F9', 'F2'] },
  ])('takes $words', ({ words, kinds }) => {
    expect(readArguments(words, 2)).toMatchObject({ kinds });
  });
});
