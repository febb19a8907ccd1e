import { parseArgs } from 'node:util';
import { orMessage } from '#simulator/run/or-message.ts';

/** Compares the two roads of the engine on so many days, or measures the field. */
export type Wanted = Readonly<{ roads: number }> | Arguments;

export type Arguments = Readonly<{
  traces: string;
  /** Traces that settings are chosen on; without them each trace is judged with what was best on the others. */
  tune?: string;
  /** Names of traces that are measured and shown, and left out of the means. */
  apart: readonly string[];
  /** Peak demands, in instances. */
  sizes: readonly number[];
  seeds: number;
  jobs: number;
  /** Only families whose name contains one of them. */
  only?: readonly string[];
  /** A file in which each measurement is kept, and not made again. */
  keep?: string;
  isJson: boolean;
}>;

export const USAGE = `npm run bench:quality -- --traces DIR [--tune DIR] [--apart NAME,…] [--sizes 10,40,200] [--seeds N] [--only TEXT|…] [--keep FILE] [--jobs J] [--json]
npm run bench:quality -- --roads N

  --traces DIR  the traces to judge on: files NAME.csv of timestamp,value
  --tune DIR    the traces to choose settings on (default: of each trace, all others)
  --apart L     names of traces that are shown and left out of the means, such as those of low counts
  --sizes L     the instances that the peak of each trace needs (default 10,40,200)
  --seeds N     how many seeds of arrivals, boots and noise (default 3)
  --only L      only families whose name contains one of these texts, with | between them
  --keep FILE   keep each measurement in it, and make none that it has: a long run can be stopped and taken up
                again; it is of one version of the code
  --jobs J      how many processes share the work (default: one for each core)
  --json        print the figures as JSON
  --roads N     measure nothing: compare the engine of the bench with a whole deployment on so many random days`;

/** Reads the command line, or says what is wrong with it. */
export const readArguments = (words: readonly string[], cores: number): Wanted | string => {
  const values = valuesOf(words);
  if (typeof values === 'string') return values;
  if (values.roads !== undefined) {
    return isCount(Number(values.roads), 1)
      ? { roads: Number(values.roads) }
      : `--roads: found "${values.roads}", expected a whole number from 1`;
  }
  return measuredBy(values, cores);
};

type Values = Exclude<ReturnType<typeof valuesOf>, string>;

const measuredBy = (values: Values, cores: number): Arguments | string => {
  const {
    traces,
    tune,
    only,
    keep,
    apart = '',
    sizes = '10,40,200',
    seeds = '3',
    jobs = String(cores),
  } = values;
  if (traces === undefined)
    return '--traces: found nothing, expected a directory of files NAME.csv';
  const fleets = sizes.split(',').map(Number);
  const numbers = { seeds: Number(seeds), jobs: Number(jobs) };
  for (const [name, value] of Object.entries(numbers)) {
    if (!isCount(value, 1)) {
      return `--${name}: found "${values[name as keyof typeof numbers]}", expected a whole number from 1`;
    }
  }
  if (!fleets.every((size) => isCount(size, 2))) {
    return `--sizes: found "${sizes}", expected whole numbers from 2 such as 10,40,200`;
  }
  return {
    ...numbers,
    traces,
    sizes: fleets,
    apart: apart === '' ? [] : apart.split(','),
    isJson: values.json,
    ...(tune === undefined ? {} : { tune }),
    ...(only === undefined ? {} : { only: only.split('|') }),
    ...(keep === undefined ? {} : { keep }),
  };
};

const isCount = (value: number, least: number): boolean =>
  Number.isSafeInteger(value) && value >= least;

const valuesOf = (words: readonly string[]) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  return orMessage(
    () =>
      parseArgs({
        args: [...words],
        options: {
          traces: text,
          tune: text,
          apart: text,
          sizes: text,
          seeds: text,
          only: text,
          keep: text,
          roads: text,
          jobs: text,
          json: flag,
          help: flag,
        },
      }).values,
  );
};
