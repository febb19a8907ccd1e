import { Command } from '@commander-js/extra-typings';
import picocolors from 'picocolors';
import { observeOpenings } from '../../shared/app/observe-metrics.ts';
import type { Group } from '../../shared/domain/configuration.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import { parseConfiguration } from '../../shared/parse/configuration/parse-configuration.ts';
import type { DecisionRecord } from '../../shared/parse/record/parse-record.ts';
import { openingOf } from '../../shared/schedule/opening-of.ts';
import { describeDecision } from '../decision/describe-decision.ts';
import { decideAgain, readRecord } from '../decision/read-record.ts';
import { findConfiguration } from '../find-configuration.ts';
import { EXIT, type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate decide`: what the engine makes of an observation, with these rules, at that time. */
export const decideCommand = (terminal: Terminal, finish: Finish) =>
  new Command('decide')
    .description('compute the decision that an observation leads to; nothing is touched')
    .argument(
      '<record>',
      'a record of the ledger, or one written by hand; - reads the standard input',
    )
    .option('--rules <file>', 'take the rules of the group from this tidegate.yml instead')
    .option('--at <time>', 'decide as at this time, such as 2026-03-02T09:00:00Z')
    .option('--service <name>', 'with --rules: the service in serverless.yml', 'tidegate')
    .option('--stage <name>', 'with --rules: the stage that you deploy', 'dev')
    .option('--json', 'print the decision as JSON')
    .addHelpText('before', EXAMPLES)
    .action((file, options) => finish(decide(file, options, terminal)));

const EXAMPLES = `Examples:
  $ tidegate decide record.json
  $ tidegate decide record.json --rules tidegate.yml --stage prod
  $ tidegate decide record.json --at 2026-03-02T18:30:00Z --json
`;

type Options = Readonly<{
  rules?: string | undefined;
  at?: string | undefined;
  service: string;
  stage: string;
  json?: true | undefined;
}>;

const decide = (file: string, options: Options, terminal: Terminal): number => {
  const record = readRecord(file, terminal);
  if (typeof record === 'number') return record;
  const at = options.at === undefined ? record.observation.now : Date.parse(options.at);
  if (!Number.isFinite(at)) {
    terminal.stderr.write(
      `tidegate: --at: found "${options.at}", expected a time such as 2026-03-02T09:00:00Z\n`,
    );
    return EXIT.usage;
  }
  const group =
    options.rules === undefined ? record.observation.group : groupIn(options, record, terminal);
  if (typeof group === 'number') return group;

  const isAsRecorded = options.rules === undefined && options.at === undefined;
  const decision = decideAgain(isAsRecorded ? record : changed(record, group, at));
  const paint = picocolors.createColors(isColourful(terminal));
  terminal.stdout.write(
    `${options.json ? JSON.stringify(decision, null, 2) : describeDecision(decision, paint)}\n`,
  );
  return EXIT.ok;
};

/** The record with other rules, or at another time; schedules are held against that time. */
const changed = (record: DecisionRecord, group: Group, now: number): DecisionRecord => {
  if (record.kind === 'health') {
    const { health = record.observation.group.health } = group;
    return { ...record, observation: { ...record.observation, now, group: { ...group, health } } };
  }
  const openings = observeOpenings({ openingOf }, group, now);
  const observation: Observation = { ...record.observation, now, group, openings };
  return { ...record, observation };
};

/** The group of the same name in another file, or the exit code of what is wrong. */
const groupIn = (
  { rules, service, stage }: Options,
  { observation }: DecisionRecord,
  terminal: Terminal,
): Group | number => {
  const { name } = observation.group;
  const found = findConfiguration(rules, terminal);
  if (!found.ok) {
    terminal.stderr.write(`tidegate: ${found.problem}\n`);
    return EXIT.usage;
  }

  const { file, text } = found.value;
  const parsed = parseConfiguration(text, { file, prefix: `${service}-${stage}` });
  if (!parsed.ok) {
    terminal.stderr.write(`tidegate: ${file} has mistakes; see: tidegate validate ${file}\n`);
    return EXIT.invalid;
  }
  const group = parsed.value.groups.find((each) => each.name === name);
  if (group) return group;
  terminal.stderr.write(
    `tidegate: ${file} has no group named ${name}, which the record is about\n`,
  );
  return EXIT.invalid;
};
