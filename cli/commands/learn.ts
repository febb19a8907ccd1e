import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { contenderIn } from '#cli/backtest/contenders.ts';
import { loadHistoryOf } from '#cli/backtest/history-options.ts';
import { noteOfFleet } from '#cli/deployment/groups-meant.ts';
import { type AutoRule, autoRulesIn } from '#cli/learn/auto-rules.ts';
import { type Learned, learnValues } from '#cli/learn/learn-values.ts';
import { failure } from '#cli/output/failure.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import { lineDiff } from '#cli/tune/line-diff.ts';
import { describeFileTrouble } from '#domain/basics/file-trouble.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import {
  driftOf,
  hasDrifted,
  LEARNED_TOLERANCE,
  type Learnable,
} from '#domain/configuration/learned.ts';
import { setInText } from '#parse/configuration/edit/set-in-text.ts';
import { EXIT } from '../exit-codes.ts';
import { findConfiguration, namedFile } from '../find-configuration.ts';
import { newCommand } from '../new-command.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate learn`: learns from the history of a group what its forecast rules leave to `auto`. */
export const learnCommand = (terminal: Terminal, finish: Finish) =>
  newCommand('learn', [
    'tidegate learn --group web',
    'tidegate learn tidegate.yml --write',
    "tidegate learn --slo 'p95 < 500ms' --json",
  ])
    .argument('[file]', 'the same as --config')
    .option('--history <path>', 'a folder of tidegate record (default: history)')
    .option(
      '--since <duration>',
      'only the last part of the history, such as 14d; without one it is fetched from AWS (default: all)',
    )
    .option('--region <name>', 'the AWS Region to fetch from (env: AWS_REGION)')
    .option('--profile <name>', 'the AWS profile (env: AWS_PROFILE)')
    .option('--group <name>', 'the group (default: the only one)')
    .option(
      '--slo <limit>',
      "the limit of an instance: 'cpu < 80' or 'p95 < 500ms' (default: cpu < 80)",
    )
    .option('--write', 'write the values into the file')
    .action((file, options) =>
      perform(terminal, finish)({ command: 'learn', json: options.json }, () =>
        learn(file, options, terminal),
      ),
    );

type Options = Readonly<{
  config?: string | undefined;
  history?: string | undefined;
  since?: string | undefined;
  region?: string | undefined;
  profile?: string | undefined;
  group?: string | undefined;
  slo?: string | undefined;
  write?: true | undefined;
}>;

const learn = async (
  file: string | undefined,
  options: Options,
  terminal: Terminal,
): Promise<Report> => {
  const named = namedFile(file, options.config);
  const found = findConfiguration(named, terminal);
  const { group } = contenderIn(named, options.group, terminal);
  const rules = autoRulesIn(found.text, group);
  if (rules.length === 0) {
    throw failure(
      'usage',
      `no forecast rule of ${group.name} says auto, nor does its warmPool`,
      'write perInstance: auto, or lead: auto, in a rule, or wake: auto in warmPool',
    );
  }
  const wanted = [...new Set(rules.flatMap((rule) => rule.wanted))];
  const history = await loadHistoryOf(group, options, terminal);
  const learned = learnValues(history, wanted, options.slo);
  const due = rules.filter((rule) => rule.wanted.some((key) => isDue(rule, key, learned)));
  const text = due.reduce((before, rule) => textWith(before, rule, learned), found.text);
  if (options.write && text !== found.text) {
    write(resolve(terminal.cwd, found.file), text);
  }
  return reportOf({ group, file: found.file, rules, due, learned }, options, {
    before: found.text,
    after: text,
  });
};

const isDue = ({ was }: AutoRule, key: Learnable, learned: Learned): boolean => {
  const [before, now] = [was[key], learned[key]];
  return now !== undefined && (before === undefined || hasDrifted(before, now));
};

/** The file with what was learned; both values are of the same day. */
const textWith = (text: string, { path, wanted, was }: AutoRule, learned: Learned): string => {
  const values = [
    ...wanted.flatMap((key) => {
      const value = learned[key];
      return value === undefined ? [] : [[key, valueText(key, value)] as const];
    }),
    ['on', learned.on] as const,
  ];
  if (was.on === undefined) {
    const all = values.map(([key, value]) => `${key}: ${value}`).join(', ');
    return setInText(text, [...path, 'learned'], `{ ${all} }`);
  }
  return values.reduce(
    (before, [key, value]) => setInText(before, [...path, 'learned', key], value),
    text,
  );
};

const valueText = (key: Learnable, value: number): string =>
  key === 'perInstance' ? `${plain(value)}rps` : `${value}s`;

/** A number as the file takes it: without an exponent. */
const plain = (value: number): string =>
  String(value).includes('e') ? value.toFixed(9).replace(/\.?0+$/, '') : String(value);

const write = (path: string, text: string): void => {
  try {
    writeFileSync(path, text);
  } catch (thrown) {
    throw failure(
      'unwritable-file',
      `cannot write ${path}: ${describeFileTrouble(thrown)}`,
      'leave --write out, and take the lines from the diff',
    );
  }
};

type Outcome = Readonly<{
  group: Group;
  file: string;
  rules: readonly AutoRule[];
  due: readonly AutoRule[];
  learned: Learned;
}>;
type Texts = Readonly<{ before: string; after: string }>;

const reportOf = (
  { group, file, rules, due, learned }: Outcome,
  { write: writes }: Options,
  { before, after }: Texts,
): Report => {
  const values = rules.flatMap((rule) =>
    rule.wanted.flatMap((key): readonly Value[] => {
      const now = learned[key];
      if (now === undefined) return [];
      const was = rule.was[key] ?? null;
      const learnedOn = rule.was.on ?? null;
      return [{ rule: rule.name, key, was, learnedOn, now, isDue: isDue(rule, key, learned) }];
    }),
  );
  const diff = lineDiff(before, after, file);
  const isWritten = writes === true && due.length > 0;
  return {
    text: [
      `${group.name}, from a history to ${learned.on}:`,
      ...values.map(describe),
      '',
      ...(diff === '' ? [] : [diff, '']),
      ...learned.notes,
    ].join('\n'),
    data: {
      group: group.name,
      file,
      on: learned.on,
      drift: LEARNED_TOLERANCE,
      values,
      diff,
      isWritten,
      notes: learned.notes,
    },
    talk: [...talkOf(isWritten, due, file), ...(due.length === 0 ? [] : noteOfFleet(group))],
    exitCode: due.length === 0 || isWritten ? EXIT.ok : EXIT.invalid,
  };
};

const talkOf = (isWritten: boolean, due: readonly AutoRule[], file: string): readonly string[] => {
  if (isWritten) return [`tidegate: wrote ${file}; see what it changes: npx tidegate plan ${file}`];
  return due.length === 0
    ? []
    : ['tidegate: nothing was written; --write puts these values into the file'];
};

type Value = Readonly<{
  rule: string;
  key: Learnable;
  was: number | null;
  learnedOn: string | null;
  now: number;
  isDue: boolean;
}>;

const describe = ({ rule, key, was, learnedOn, now, isDue: changes }: Value): string => {
  const value = `  ${rule}: ${key} is ${valueText(key, now)}`;
  if (was === null) return `${value}, and nothing was learned before`;
  const drift = 100 * driftOf(was, now);
  const moved = `${drift < 0 ? '−' : '+'}${Math.abs(drift).toFixed(0)} % from ${valueText(key, was)} of ${learnedOn}`;
  return changes
    ? `${value}, ${moved}: it has drifted by more than ${100 * LEARNED_TOLERANCE} %`
    : `${value}, ${moved}: within ${100 * LEARNED_TOLERANCE} %, so what is in the file stays`;
};
