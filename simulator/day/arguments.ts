import { parseArgs } from 'node:util';
import { orMessage } from '#simulator/run/or-message.ts';
import { LOAD_NAMES } from './load-of.ts';

export type DayArguments = Readonly<{
  isStory: boolean;
  /** The day is watched as a live page in a browser. */
  isConsole: boolean;
  rules?: string;
  load?: string;
  seed: number;
  /** Simulated seconds in a second; 0 for as fast as it goes. */
  speed?: number;
  out: string;
  isJson: boolean;
  /** The day runs although rules go by what it has no source for. */
  ignoresUnmodelled: boolean;
}>;

export const USAGE = `npm start -- [--rules FILE] [--load FILE|NAME] [--seed N] [--speed X] [--out DIR] [--json] [--ignore-unmodelled]
npm start -- --console [--rules FILE] [--load FILE|NAME] [--seed N] [--speed X]
npm start -- --story

  --rules FILE   the tidegate.yml to run (default: a web fleet with four rules)
  --load L       a CSV of seconds,requestsPerSecond, or one of ${LOAD_NAMES.join(', ')} (default day)
  --seed N       noise, boot times and jitter come from it (default 1)
  --speed X      simulated seconds in a second; 0 is as fast as it goes (default: a day in 20 s)
  --out DIR      where report.html goes (default .tidegate)
  --json         print the summary as JSON, and nothing else
  --ignore-unmodelled
                 run the day although some rules go by metrics or alarms that it has no source for
  --console      a live page in the browser, with buttons that cause trouble (default speed 60: a minute in a second)
  --story        a short morning in which everything happens once, told line by line`;

/** Reads the command line, or says what is wrong with it. */
export const readDayArguments = (words: readonly string[]): DayArguments | string => {
  const values = valuesOf(words);
  if (typeof values === 'string') return values;

  const { seed = '1', speed, rules, load, out = '.tidegate' } = values;
  if (!Number.isSafeInteger(Number(seed)))
    return `--seed: found "${seed}", expected a whole number`;
  if (speed !== undefined && !(Number(speed) >= 0)) {
    return `--speed: found "${speed}", expected a number from 0`;
  }
  return {
    seed: Number(seed),
    out,
    isJson: values.json ?? false,
    isStory: values.story ?? false,
    isConsole: values.console === true,
    ignoresUnmodelled: values['ignore-unmodelled'] ?? false,
    ...(rules === undefined ? {} : { rules }),
    ...(load === undefined ? {} : { load }),
    ...(speed === undefined ? {} : { speed: Number(speed) }),
  };
};

const valuesOf = (words: readonly string[]) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  return orMessage(
    () =>
      parseArgs({
        args: [...words],
        options: {
          rules: text,
          load: text,
          seed: text,
          speed: text,
          out: text,
          json: flag,
          story: flag,
          console: flag,
          help: flag,
          'ignore-unmodelled': flag,
        },
      }).values,
  );
};
