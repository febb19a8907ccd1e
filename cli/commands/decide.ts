import picocolors from 'picocolors';
import { observeOpenings } from '#app/capacity/observe-metrics.ts';
import { decideAgain } from '#cli/decision/decide-again.ts';
import { describeDecision } from '#cli/decision/describe-decision.ts';
import { type Rules, readRecord } from '#cli/decision/read-record.ts';
import { namedDeployment, USUAL_SERVICE, USUAL_STAGE } from '#cli/deployment/find-deployment.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import { timeIn } from '#console/override/override-end.ts';
import type { Observation } from '#domain/capacity/observation.ts';
import type { Instant } from '#domain/time/instant.ts';
import { alarmPrefixOf } from '#parse/configuration/normalise/alarm-name.ts';
import type { DecisionRecord } from '#parse/record/parse-record.ts';
import { openingOf } from '#schedule/opening-of.ts';
import { configurationIn, findConfiguration, namedFile } from '../find-configuration.ts';
import { newPlainCommand } from '../new-command.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate decide`: computes the decision of an observation, with these rules, at that time. */
export const decideCommand = (terminal: Terminal, finish: Finish) =>
  newPlainCommand('decide', [
    'tidegate decide record.json',
    'tidegate decide record.json --config tidegate.yml --stage prod',
    'tidegate decide examples/record.json --at 2026-03-02T18:30:00Z --json',
  ])
    .argument('<record>', 'a record from the table, or one written by hand; - reads standard input')
    .option(
      '-c, --config <file>',
      'take the rules from this tidegate.yml instead of those in the record',
    )
    .option('--rules <file>', 'the same as --config')
    .option('--at <time>', 'decide as at this time, such as 2026-03-02T09:00:00Z')
    .option(
      '--service <name>',
      'with --config: the service in serverless.yml (env: TIDEGATE_SERVICE; default: tidegate)',
    )
    .option(
      '--stage <name>',
      'with --config: the stage in the names of alarms (env: TIDEGATE_STAGE; default: dev)',
    )
    .action((file, options) =>
      perform(terminal, finish)({ command: 'decide', json: options.json }, () =>
        decide(file, options, terminal),
      ),
    );

type Options = Readonly<{
  config?: string | undefined;
  rules?: string | undefined;
  at?: string | undefined;
  service?: string | undefined;
  stage?: string | undefined;
}>;

const decide = (file: string, options: Options, terminal: Terminal): Report => {
  const at = options.at === undefined ? undefined : timeIn('--at', options.at);
  const rules = rulesIn(options, terminal);
  const record = readRecord(file, terminal, rules);
  const isAsRecorded = rules === undefined && at === undefined;
  const decision = decideAgain(isAsRecorded ? record : looked(record, at));
  const paint = picocolors.createColors(isColourful(terminal));
  return { text: describeDecision(decision, paint), data: decision };
};

const rulesIn = (options: Options, terminal: Terminal): Rules | undefined => {
  const named = namedFile(options.rules, options.config);
  if (named === undefined) return undefined;
  const found = findConfiguration(named, terminal);
  const { service = USUAL_SERVICE, stage = USUAL_STAGE } = namedDeployment(options, terminal);
  return {
    file: found.file,
    configuration: configurationIn(found, alarmPrefixOf({ service, stage })),
  };
};

/** The record at another time, or with other rules; schedules are held against that time. */
const looked = (record: DecisionRecord, at: Instant | undefined): DecisionRecord => {
  const now = at ?? record.observation.now;
  if (record.kind === 'health') {
    return { ...record, observation: { ...record.observation, now } };
  }
  const openings = observeOpenings({ openingOf }, record.observation.group, now);
  const observation: Observation = { ...record.observation, now, openings };
  return { ...record, observation };
};
