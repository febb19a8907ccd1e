import { parseArgs } from 'node:util';
import { FAULT_IDS } from '#simulator/faults/catalogue.ts';
import { orMessage } from './or-message.ts';

export type Arguments = Readonly<{
  seeds: number;
  /** The first seed; the others follow it. */
  seed: number;
  kinds: readonly string[];
  jobs: number;
  isTraced: boolean;
  isJson: boolean;
  /** Stop at the lowest seed that breaks a promise. */
  isFirstOnly: boolean;
  /** Fail when a promise was never tested or a kind of fault never struck. */
  needsAllTested: boolean;
  /** Write the tables of promises and faults into docs/simulator.md. */
  mustWrite: boolean;
}>;

export const USAGE = `npm run simulate -- [--seeds N] [--seed S] [--faults all|none|F1,F9,…] [--jobs J] [--first] [--all-tested] [--trace] [--json] [--write]

  --seeds N    how many seeds to run (default 100)
  --seed S     the first of them (default 1)
  --faults L   which faults may strike (default all); docs/simulator.md lists them
  --jobs J     how many processes share the work (default: one for each core)
  --first      stop at the first seed that breaks a promise
  --all-tested fail, too, when a promise was never put to the test, or a kind of fault never struck
  --trace      print everything that happens; for one seed
  --json       print the figures as JSON
  --write      write the tables of promises and faults into docs/simulator.md; needs --faults all`;

/** Reads the command line, or says what is wrong with it. */
export const readArguments = (words: readonly string[], cores: number): Arguments | string => {
  const values = valuesOf(words);
  if (typeof values === 'string') return values;

  const { seeds = '100', seed = '1', faults = 'all', jobs = String(cores) } = values;
  const numbers = { seeds: Number(seeds), seed: Number(seed), jobs: Number(jobs) };
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      return `--${name}: found "${values[name as keyof typeof numbers]}", expected a whole number from 1`;
    }
  }

  const kinds = kindsOf(faults);
  const unknown = kinds.find((kind) => !FAULT_IDS.includes(kind));
  if (unknown !== undefined) {
    return `--faults: found "${unknown}", expected all, none, or some of ${FAULT_IDS.join(',')}`;
  }
  if (values.trace && numbers.seeds !== 1) return '--trace: needs --seeds 1, for it prints a lot';
  if (values.write && faults !== 'all')
    return '--write: needs --faults all, for its table has them all';
  return {
    ...numbers,
    kinds,
    isTraced: values.trace,
    isJson: values.json,
    isFirstOnly: values.first,
    needsAllTested: values['all-tested'],
    mustWrite: values.write,
  };
};

const valuesOf = (words: readonly string[]) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  return orMessage(
    () =>
      parseArgs({
        args: [...words],
        options: {
          seeds: text,
          seed: text,
          faults: text,
          jobs: text,
          first: flag,
          'all-tested': flag,
          trace: flag,
          json: flag,
          write: flag,
          help: flag,
        },
      }).values,
  );
};

const kindsOf = (list: string): readonly string[] => {
  if (list === 'all') return FAULT_IDS;
  return list === 'none' ? [] : list.split(',');
};
