import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Configuration } from '../shared/domain/configuration.ts';
import { describeProblem } from '../shared/parse/configuration/describe-problem.ts';
import { parseConfiguration } from '../shared/parse/configuration/parse-configuration.ts';
import { type DayArguments, readDayArguments, USAGE } from './day/arguments.ts';
import { createCollector } from './day/collect.ts';
import { DAY_MINUTES, DAY_START, LATENCY_LIMIT_MS, runDay } from './day/day.ts';
import { loadOf } from './day/load-of.ts';
import { createScreen } from './day/screen.ts';
import { reportPage } from './report/page.ts';
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

const configurationIn = (file: string): Configuration => {
  const parsed = parseConfiguration(read(file), { file, prefix: 'tidegate-dev' });
  if (!parsed.ok) throw new Error(parsed.problem.map((each) => describeProblem(each)).join('\n'));
  return parsed.value;
};

/** How long each simulated minute takes, in milliseconds. */
const paceOf = ({ speed, isJson }: DayArguments): number => {
  if (speed === undefined) {
    return process.stdout.isTTY && !isJson ? (1_000 * WATCHED_SECONDS) / DAY_MINUTES : 0;
  }
  return speed === 0 ? 0 : 60_000 / speed;
};

const watchDay = async (wanted: DayArguments): Promise<void> => {
  const { rules = DAY_RULES, load = 'day', seed, isJson } = wanted;
  const collected = createCollector();
  const isLive = Boolean(process.stdout.isTTY) && !isJson;
  const pace = paceOf(wanted);
  const chosen = loadOf(load, DAY_START, read);
  const show = createScreen({
    isLive,
    isSilent: isJson,
    write,
    width: process.stdout.columns ?? 100,
  });

  await runDay({
    ...{ seed, configuration: configurationIn(rules), hasAccidents: rules === DAY_RULES },
    ...(chosen ? { load: chosen } : {}),
    ...{ listen: collected.listen, onSample: collected.sample },
    pause: async () => {
      show(collected);
      if (pace > 0) await sleep(pace);
    },
  });
  finish(
    wanted,
    collected,
    `${rules === DAY_RULES ? 'built-in rules' : rules}, load ${load}, seed ${seed}`,
  );
};

const finish = (
  { out, isJson }: DayArguments,
  collected: ReturnType<typeof createCollector>,
  subtitle: string,
): void => {
  const assets = join(ROOT, 'simulator/report/assets');
  const page = reportPage(
    {
      ...{ title: 'A day of a web fleet', subtitle, latencyLimitMs: LATENCY_LIMIT_MS },
      ...{ points: collected.samples, marks: collected.marks, figures: collected.figures() },
    },
    {
      css: ['page.css', 'plot.css'].map((file) => read(join(assets, file))).join('\n'),
      script: read(join(assets, 'report.js')),
    },
  );
  mkdirSync(out, { recursive: true });
  const file = join(out, 'report.html');
  writeFileSync(file, page);
  if (isJson) {
    print(JSON.stringify({ ...collected.summary(), report: file }));
    return;
  }
  print('');
  for (const { name, value } of collected.figures())
    print(`${`${name} `.padEnd(20, '.')}: ${value}`);
  print(`\n${file} shows the day with every decision and its trace.`);
};

const words = process.argv.slice(2);
const wanted = readDayArguments(words);
if (words.includes('--help')) {
  print(USAGE);
} else if (typeof wanted === 'string') {
  process.stderr.write(`${wanted}\n\n${USAGE}\n`);
  process.exitCode = 2;
} else if (wanted.isStory) {
  const readEvent = (name: string): string => read(join(ROOT, 'events', `${name}.json`));
  await tellStory({ configuration: configurationIn(STORY_RULES), readEvent, print });
} else {
  await watchDay(wanted);
}
