import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { styleText } from 'node:util';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import { ENDS, Misuse, readNamed, rulesIn, runProgram } from './command-line.ts';
import { dayReport } from './console/day-report.ts';
import { serveLiveDay } from './console/serve-live-day.ts';
import { type DayArguments, readDayArguments, USAGE } from './day/arguments.ts';
import { type Beside, besideDay, besideLines } from './day/beside.ts';
import { type Collector, createCollector } from './day/collect.ts';
import { DAY_MINUTES, DAY_START, runDay } from './day/day.ts';
import type { Paint } from './day/live-view.ts';
import { loadNamed } from './day/load-of.ts';
import { newsworthy } from './day/newsworthy.ts';
import { createScreen } from './day/screen.ts';
import { type Unmodelled, unmodelledIn, unmodelledLines } from './day/unmodelled.ts';
import { tellStory } from './story/tell.ts';

const ROOT = join(import.meta.dirname, '..');
const DAY_RULES = join(ROOT, 'simulator/day/tidegate.yml');
const STORY_RULES = join(ROOT, 'simulator/story/tidegate.yml');
/** A day takes about so long where somebody watches. */
const WATCHED_SECONDS = 20;

const read = (path: string): string => readFileSync(path, 'utf8');
const write = (text: string): void => {
  process.stdout.write(text);
};
const print = (line: string): void => write(`${line}\n`);

/** Colours where they are seen. */
const paintFor = (isColourful: boolean): Paint => {
  const paint = (style: Parameters<typeof styleText>[0]) => (text: string) =>
    isColourful ? styleText(style, text, { validateStream: false }) : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    blue: paint('blue'),
    cyan: paint('cyan'),
    yellow: paint('yellow'),
    red: paint('red'),
  };
};

/** The length of each simulated minute, in milliseconds. */
const paceOf = ({ speed, isJson }: DayArguments): number => {
  if (speed === undefined) {
    return process.stdout.isTTY && !isJson ? (1_000 * WATCHED_SECONDS) / DAY_MINUTES : 0;
  }
  return speed === 0 ? 0 : 60_000 / speed;
};

const watchDay = async (wanted: DayArguments): Promise<void> => {
  const { rules = DAY_RULES, load = 'day', seed, isJson } = wanted;
  const configuration = rulesIn('--rules', rules);
  const collected = createCollector();
  const isLive = Boolean(process.stdout.isTTY) && !isJson;
  const pace = paceOf(wanted);
  const unmodelled = unmodelledIn(configuration);
  reportUnmodelled(unmodelled, wanted);
  const chosen = loadNamed(load, DAY_START, (file) => readNamed('--load', file));
  const file = reportFileIn(wanted.out);
  const show = createScreen({
    isLive,
    isSilent: isJson,
    write,
    width: process.stdout.columns ?? 100,
    paint: paintFor(process.stdout.isTTY === true && process.stdout.hasColors()),
  });

  const ended = await runDay({
    seed,
    configuration,
    hasAccidents: rules === DAY_RULES,
    ...(chosen ? { load: chosen } : {}),
    listen: collected.listen,
    onSample: collected.sample,
    pause: async () => {
      show(collected);
      if (pace > 0) await sleep(pace);
    },
  });
  const beside = besideDay(configuration, collected.samples);
  const html = await dayReport({
    day: ended,
    configuration,
    collected,
    subtitle: subtitleOf(wanted),
    ...(beside === undefined ? {} : { beside }),
  });
  writeFileSync(file, html);
  finish({ isJson, file, unmodelled, beside }, collected);
};

/** Seconds of a live day in a second, unless somebody says otherwise. */
const LIVE_SPEED = 60;

const openConsole = async (wanted: DayArguments): Promise<void> => {
  const { rules = DAY_RULES, load = 'day', seed, speed = LIVE_SPEED } = wanted;
  if (!process.stdout.isTTY) {
    throw new Misuse(
      '--console: found no terminal, and only who reads there learns the address; without it: npm start',
    );
  }
  const configuration = rulesIn('--rules', rules);
  reportUnmodelled(unmodelledIn(configuration), wanted);
  await serveLiveDay({
    configuration,
    rules: readNamed('--rules', rules),
    load: loadNamed(load, DAY_START, (file) => readNamed('--load', file)),
    seed,
    speed,
    user: userName(),
    subtitle: subtitleOf(wanted),
    print,
    untilEnded: new Promise((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    }),
  });
};

const subtitleOf = ({ rules, load = 'day', seed }: DayArguments): string =>
  `${rules ?? 'built-in rules'}, load ${load}, seed ${seed}`;

/** In a container the user has perhaps no entry in the password file. */
const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'you';
  }
};

/** Rules that would see nothing all day end the run, unless somebody knows it and goes on. */
const reportUnmodelled = (
  unmodelled: readonly Unmodelled[],
  { ignoresUnmodelled, isJson }: DayArguments,
): void => {
  const lines = unmodelledLines(unmodelled);
  if (lines.length > 0 && !ignoresUnmodelled) {
    throw new Misuse(
      `${lines.join('\n')}\nThese rules and alerts would see nothing all day. Run it all the same with --ignore-unmodelled.`,
      { exitCode: ENDS.withFindings },
    );
  }
  if (!isJson) for (const line of lines) print(line);
};

/** The report's file in a directory, which is made, so that a day is not run for nothing. */
const reportFileIn = (directory: string): string => {
  const file = join(directory, 'report.html');
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, '', { flag: 'a' });
    return file;
  } catch (thrown) {
    throw new Misuse(
      `--out: cannot write ${file}: ${describeFileTrouble(thrown)}; say a directory that can be made or is there`,
      { cause: thrown },
    );
  }
};

type Ending = Readonly<{
  isJson: boolean;
  file: string;
  unmodelled: readonly Unmodelled[];
  beside: Beside | undefined;
}>;

const finish = ({ isJson, file, unmodelled, beside }: Ending, collected: Collector): void => {
  if (isJson) {
    print(
      JSON.stringify({
        schemaVersion: 1,
        exitCode: 0,
        ...collected.summary(),
        beside: beside?.comparison.rows ?? null,
        unmodelled,
        report: file,
      }),
    );
    return;
  }
  const { marks } = collected;
  const folded = marks.length - newsworthy(marks).length;
  print('');
  if (folded > 0) print(`${folded} more holds for reasons told above are in the report.\n`);
  for (const { name, value } of collected.figures())
    print(`${`${name} `.padEnd(20, '.')}: ${value}`);
  for (const line of beside === undefined ? [] : ['', ...besideLines(beside.comparison)])
    print(line);
  print(`\n${file} shows the day with every decision and its story.`);
  if (process.stdout.isTTY)
    print('Watch one live, with buttons that cause trouble: npm start -- --console');
};

const main = async (words: readonly string[]): Promise<number> => {
  if (words.includes('--help')) {
    print(USAGE);
    return ENDS.well;
  }
  const wanted = readDayArguments(words);
  if (typeof wanted === 'string') throw new Misuse(`${wanted}\n\n${USAGE}`);
  if (wanted.isStory) {
    const readEvent = (name: string): string => read(join(ROOT, 'events', `${name}.json`));
    await tellStory({ configuration: rulesIn('--story', STORY_RULES), readEvent, print });
  } else if (wanted.isConsole) {
    await openConsole(wanted);
  } else {
    await watchDay(wanted);
  }
  return ENDS.well;
};

await runProgram(process, main);
