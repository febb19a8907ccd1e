import picocolors from 'picocolors';
import { contenderIn } from '#cli/backtest/contenders.ts';
import {
  type HistoryOptions,
  historyOptions,
  loadHistoryOf,
} from '#cli/backtest/history-options.ts';
import { knowledgeOf } from '#cli/backtest/knowledge.ts';
import { groupOrMember, noteOfFleet } from '#cli/deployment/groups-meant.ts';
import { failure } from '#cli/output/failure.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import { lineDiff } from '#cli/tune/line-diff.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { type Knob, knobsIn } from '#parse/configuration/edit/knobs.ts';
import { setInText } from '#parse/configuration/edit/set-in-text.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import type { Conditions } from '#simulator/backtest/conditions.ts';
import { backtest } from '#simulator/backtest/run.ts';
import { tidegate } from '#simulator/backtest/tidegate/policy.ts';
import type { Trace } from '#simulator/backtest/trace.ts';
import { worldsOf } from '#simulator/compare/compare.ts';
import { conditionsOf, traceOf } from '#simulator/compare/conditions-of.ts';
import { percent } from '#simulator/compare/describe-comparison.ts';
import {
  type Choice,
  FEWEST_DAYS,
  type Found,
  isBetter,
  type Scored,
  search,
} from '#simulator/compare/search.ts';
import { type ConfigurationFile, findConfiguration, namedFile } from '../find-configuration.ts';
import { newCommand } from '../new-command.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate tune`: searches the settings of a file that would have cost least, on days that they were not tuned on. */
export const tuneCommand = (terminal: Terminal, finish: Finish) =>
  historyOptions(
    newCommand('tune', [
      'tidegate tune --violated 0.1%',
      'tidegate tune tidegate.yml --group web --since 14d --json',
    ]).argument('[file]', 'the same as --config'),
  )
    .option('--violated <share>', 'the share of requests that may miss the limit', '0.1%')
    .option('--budget <n>', 'the most settings to try', '200')
    .action((file, options) =>
      perform(terminal, finish)({ command: 'tune', json: options.json }, () =>
        tune(file, options, terminal),
      ),
    );

type Options = HistoryOptions &
  Readonly<{
    violated: string;
    budget: string;
  }>;

/** The newest minutes of what CloudWatch is asked for are not there yet: `--since 4d` brings a little less. */
const FORGIVEN_DAYS = 1 / 24;

const tune = async (
  file: string | undefined,
  options: Options,
  terminal: Terminal,
): Promise<Report> => {
  const allowed = shareSaid(options.violated);
  const budget = budgetSaid(options.budget);
  const named = namedFile(file, options.config);
  const found = findConfiguration(named, terminal);
  const { group } = contenderIn(named, options.group, terminal);
  const history = await loadHistoryOf(group, options, terminal);
  const { known, notes } = knowledgeOf(options, history);
  const trace = traceOf(group.name, history.demand);
  const days = (trace.demand.length * trace.stepSeconds) / 86_400;
  if (days < FEWEST_DAYS - FORGIVEN_DAYS) {
    throw failure(
      'usage',
      `the history has ${days.toPrecision(3)} days, and a setting is judged on days that it was not tuned on: it takes ${FEWEST_DAYS}`,
      'record more: npx tidegate record --since 14d',
    );
  }

  const knobs = knobsIn(found.text, group);
  const progress = progressOn(terminal);
  const runs = { found, group, knobs, trace, conditions: conditionsOf(group, trace, known) };
  let tried = 0;
  const result = search({
    knobs: knobs.map(({ values }) => values.length),
    violated: allowed,
    budget,
    run: (choice) => {
      tried += 1;
      progress(`trying setting ${tried} of at most ${budget}`);
      return scored(choice, runs);
    },
  });
  progress('');
  return reportOf(result, { ...runs, allowed, days, notes, terminal });
};

const shareSaid = (text: string): number => {
  const [, number] = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim()) ?? [];
  const share = Number(number) / 100;
  if (share >= 0 && share <= 1) return share;
  throw failure('usage', `--violated: found "${text}"; expected a share such as 0.1%`);
};

const budgetSaid = (text: string): number => {
  const budget = Number(text);
  if (Number.isInteger(budget) && budget >= 2 && budget <= 10_000) return budget;
  throw failure('usage', `--budget: found "${text}"; expected a whole number from 2 to 10000`);
};

/** A line that is written over, where somebody watches. */
const progressOn = ({ stderr, env }: Terminal) => {
  const isShown = stderr.isTTY === true && !env.CI && env.TERM !== 'dumb';
  return (text: string): void => {
    if (isShown) stderr.write(`\r\u001B[K${text}`);
  };
};

type Runs = Readonly<{
  found: ConfigurationFile;
  group: Group;
  knobs: readonly Knob[];
  trace: Trace;
  conditions: Conditions;
}>;

/** The file with the values of a choice. */
const textWith = (choice: Choice, { found, knobs }: Pick<Runs, 'found' | 'knobs'>): string =>
  knobs.reduce((text, { path, values }, index) => {
    const value = values[(choice[index] ?? 0) - 1];
    return value === undefined ? text : setInText(text, path, value);
  }, found.text);

/** Runs the rules of a choice over all days; undefined where the file would have mistakes. */
const scored = (choice: Choice, runs: Runs): Scored | undefined => {
  const { found, group, trace, conditions } = runs;
  const parsed = parseConfiguration(textWith(choice, runs), {
    file: found.file,
    prefix: 'tidegate',
  });
  if (!parsed.ok) return undefined;

  const changed = groupOrMember(parsed.value, group.name);
  const [world] = worldsOf({ trace, conditions, seeds: 1 }, changed);
  if (world === undefined) return undefined;
  const { days } = backtest(world, tidegate({ group: changed }));
  return {
    cost: Array.from(days.instanceHours, (hours) => hours * conditions.instanceHour),
    requests: Array.from(days.requests),
    violated: Array.from(days.violatedRequests),
  };
};

type Reported = Runs &
  Readonly<{ allowed: number; days: number; notes: readonly string[]; terminal: Terminal }>;

const reportOf = (result: Found, reported: Reported): Report => {
  const { found, group, knobs, allowed, days, notes, terminal } = reported;
  const { choice, before, after, tried } = result;
  const tuned = textWith(choice, reported);
  const isWorthIt = tuned !== found.text && isBetter(after, before, allowed);
  const diff = isWorthIt ? lineDiff(found.text, tuned, found.file) : '';
  const saved = before.cost === 0 ? 0 : 1 - after.cost / before.cost;
  const changes = knobs.flatMap(({ path, now, values }, index) => {
    const to = values[(choice[index] ?? 0) - 1];
    return to === undefined || !isWorthIt ? [] : [{ path: path.join('.'), from: now ?? null, to }];
  });
  const paint = picocolors.createColors(isColourful(terminal));
  const rows = [
    `as it is: cost ${before.cost.toFixed(1)}, ${percent(before.violated)} violated`,
    `tuned:    cost ${after.cost.toFixed(1)} (${saved >= 0 ? '−' : '+'}${Math.abs(100 * saved).toFixed(1)} %), ${percent(after.violated)} violated, on days that it was not tuned on`,
  ];
  return {
    text: [
      `${tried} settings tried on ${days.toPrecision(3)} days, for at most ${percent(allowed)} violated`,
      ...rows,
      '',
      ...(isWorthIt ? [coloured(diff, paint)] : [whyNot(result, allowed)]),
      '',
      ...notes,
    ].join('\n'),
    data: { tried, days, allowed, before, after, saved, isBetter: isWorthIt, changes, diff, notes },
    talk: isWorthIt
      ? [
          'tidegate: nothing was written; try it beside the peers: npx tidegate backtest NEW --against OLD',
          ...noteOfFleet(group),
        ]
      : [],
  };
};

const whyNot = ({ after }: Found, allowed: number): string =>
  after.violated > allowed
    ? `Nothing that was tried keeps violations within ${percent(allowed)} on days that it was not tuned on and beats what there is: the boot is too long for rules alone, or the maximum too low.`
    : 'Nothing that was tried beats what there is: leave it.';

const coloured = (diff: string, paint: ReturnType<typeof picocolors.createColors>): string =>
  diff
    .split('\n')
    .map((line) => {
      if (line.startsWith('+')) return paint.green(line);
      return line.startsWith('-') ? paint.red(line) : line;
    })
    .join('\n');
