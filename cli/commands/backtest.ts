import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import picocolors from 'picocolors';
import { contendersOf, peersAmong } from '#cli/backtest/contenders.ts';
import {
  type HistoryOptions,
  historyOptions,
  loadHistoryOf,
} from '#cli/backtest/history-options.ts';
import { type Knowledge, knowledgeOf, taken } from '#cli/backtest/knowledge.ts';
import { verdictOf } from '#cli/backtest/verdict.ts';
import { describeDecision } from '#cli/decision/describe-decision.ts';
import type { LoadedHistory } from '#cli/history/load-history.ts';
import { failure } from '#cli/output/failure.ts';
import { formatOption } from '#cli/output/format.ts';
import { perform, type Report } from '#cli/output/perform.ts';
import { writePage } from '#cli/output/write-page.ts';
import { describeExactly } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { PACKAGE_ROOT } from '#infrastructure/package-root.ts';
import { type Comparison, type Contender, compare, worldsOf } from '#simulator/compare/compare.ts';
import { comparisonPage } from '#simulator/compare/comparison-page.ts';
import { conditionsOf, traceOf } from '#simulator/compare/conditions-of.ts';
import { describeComparison } from '#simulator/compare/describe-comparison.ts';
import { type Gate, parseGate } from '#simulator/compare/fail-if.ts';
import { PEER_NAMES, PEERS, type PeerName } from '#simulator/compare/field.ts';
import { type Difference, firstDifference } from '#simulator/compare/first-difference.ts';
import { unmodelledIn, unmodelledLines } from '#simulator/day/unmodelled.ts';
import { EXIT } from '../exit-codes.ts';
import { newCommand } from '../new-command.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate backtest`: runs rules over a recorded history, beside other ways to scale. */
export const backtestCommand = (terminal: Terminal, finish: Finish) =>
  historyOptions(
    newCommand('backtest', [
      'tidegate backtest',
      'tidegate backtest new.yml --against tidegate.yml target-tracking --out backtest.html',
      "tidegate backtest new.yml --against tidegate.yml --fail-if 'cost > +5% or violated > 0.1%'",
      'tidegate backtest --history requests.csv --per-instance 45rps --boot 150s',
    ]).argument('[file]', 'the same as --config'),
  )
    .option(
      '--against <what...>',
      `other files of rules, or ways to scale: ${PEER_NAMES.join(', ')} (default: the usual ones)`,
    )
    .option(
      '--seeds <n>',
      'the number of runs, each with other random arrivals, boots and noise',
      '3',
    )
    .option('-o, --out <file>', 'write a page with the picture of cost against violations')
    .option(
      '--fail-if <condition>',
      "exit with 1 when this holds, such as 'cost > +5% or violated > 0.1%' (docs/backtest.md)",
    )
    .addOption(formatOption())
    .action((file, options) =>
      perform(terminal, finish)({ command: 'backtest', ...options }, () =>
        run(file, options, terminal),
      ),
    );

type Options = HistoryOptions &
  Readonly<{
    against?: readonly string[] | undefined;
    seeds: string;
    out?: string | undefined;
    failIf?: string | undefined;
  }>;

const run = async (
  file: string | undefined,
  options: Options,
  terminal: Terminal,
): Promise<Report> => {
  const gate =
    options.failIf === undefined ? undefined : taken('--fail-if', parseGate(options.failIf));
  const seeds = seedsSaid(options.seeds);
  const contenders = contendersOf(file, options, terminal);
  const peers = peersAmong(options.against);
  const [asked, against] = contenders as readonly [Contender, ...Contender[]];
  if (gate?.isRelative && against === undefined) {
    throw failure(
      'usage',
      `--fail-if: "${gate.text}" compares with other rules, and there are none`,
      'say them: --against tidegate.yml; or compare with a number, without +',
    );
  }
  const history = await loadHistoryOf(asked.group, options, terminal);
  const knowledge = knowledgeOf(options, history);
  const comparison = compared({ contenders, peers, seeds, history, knowledge });
  return reportOf({ options, terminal, history, knowledge, contenders, gate, ...comparison });
};

const seedsSaid = (text: string): number => {
  const seeds = Number(text);
  if (Number.isInteger(seeds) && seeds >= 1 && seeds <= 100) return seeds;
  throw failure('usage', `--seeds: found "${text}"; expected a whole number from 1 to 100`);
};

type Comparing = Readonly<{
  contenders: readonly Contender[];
  peers: readonly PeerName[];
  seeds: number;
  history: LoadedHistory;
  knowledge: Knowledge;
}>;

type Compared = Readonly<{ comparison: Comparison; difference: Difference | undefined }>;

/** Policies that learn from the past are judged on the last three quarters, and all others with them. */
const LEARNED_SHARE = 0.25;

const compared = ({ contenders, peers, seeds, history, knowledge }: Comparing): Compared => {
  const [asked, against] = contenders as readonly [Contender, ...Contender[]];
  const trace = traceOf(asked.group.name, history.demand);
  const seconds = trace.demand.length * trace.stepSeconds;
  const learns = peers.some((name) => PEERS[name].needsPast);
  const conditions = {
    ...conditionsOf(asked.group, trace, knowledge.known),
    unscoredSeconds: learns ? LEARNED_SHARE * seconds : Math.min(3_600, seconds / 24),
  };
  const comparison = compare({ trace, conditions, rules: contenders, peers, seeds });
  const difference =
    against === undefined
      ? undefined
      : firstDifference(
          [asked, against],
          ({ group }) => worldsOf({ trace, conditions, seeds: 1 }, group)[0] as never,
        );
  return { comparison, difference };
};

type Reported = Compared &
  Readonly<{
    options: Options;
    terminal: Terminal;
    history: LoadedHistory;
    knowledge: Knowledge;
    contenders: readonly Contender[];
    gate: Gate | undefined;
  }>;

const reportOf = (reported: Reported): Report => {
  const { options, terminal, history, knowledge, gate, comparison, difference } = reported;
  const [first, second] = comparison.rows;
  const isFailed = first !== undefined && gate?.holds(first, second) === true;
  if (options.out !== undefined) writeComparison(options.out, reported);
  const paint = picocolors.createColors(isColourful(terminal));
  const findings = history.findings.map(({ subject, message }) => `${subject}: ${message}`);
  return {
    text: [
      describeComparison(comparison),
      '',
      ...knowledge.notes,
      ...describeDifference(reported, paint),
      ...(gate === undefined
        ? []
        : ['', isFailed ? paint.red(`✗ ${gate.text}`) : paint.green(`✓ not: ${gate.text}`)]),
    ].join('\n'),
    data: {
      group: reported.contenders[0]?.group.name,
      history: {
        from: describeExactly(history.demand.start),
        days: comparison.days,
        holes: comparison.holes,
        saturated: comparison.saturated,
        findings: history.findings,
      },
      instances: knowledge.known,
      notes: knowledge.notes,
      seeds: comparison.seeds,
      policies: comparison.rows,
      fronts: comparison.fronts,
      firstDifference: difference ?? null,
      failIf: gate === undefined ? null : { condition: gate.text, holds: isFailed },
      ...(options.out === undefined ? {} : { page: options.out }),
    },
    annotations: verdictOf(reported, isFailed),
    exitCode: isFailed ? EXIT.invalid : EXIT.ok,
    talk: [
      ...findings.map((line) => `tidegate: ${line}`),
      ...unmodelledOf(reported),
      ...(options.out === undefined ? [] : [`tidegate: ${options.out} has the picture`]),
    ],
  };
};

const unmodelledOf = ({ contenders }: Reported): readonly string[] =>
  contenders.flatMap(({ name, group }) =>
    unmodelledLines(unmodelledIn({ groups: [group], alerts: [], channels: [], routes: [] })).map(
      (line) => `tidegate: ${name}: ${line}`,
    ),
  );

const describeDifference = (
  { difference, contenders }: Reported,
  paint: ReturnType<typeof picocolors.createColors>,
): readonly string[] => {
  if (contenders.length < 2) return [];
  if (difference === undefined) {
    return ['', `${contenders[0]?.name} and ${contenders[1]?.name} never want another capacity.`];
  }
  const begin = difference.begin;
  return [
    '',
    `They differ first at ${describeExactly(difference.at)}, ${describeSeconds(Math.round((difference.at - begin) / 1_000))} into the history:`,
    ...difference.decisions.flatMap(({ name, decision }) => [
      '',
      paint.dim(name),
      describeDecision(decision, paint),
    ]),
  ];
};

const STYLES = ['console/view/styles/tokens.css', 'simulator/compare/comparison.css'];

const writeComparison = (out: string, reported: Reported): void => {
  const { comparison, contenders, knowledge, difference, terminal, history } = reported;
  const css = STYLES.map((name) => readFileSync(join(PACKAGE_ROOT, name), 'utf8')).join('\n');
  const page = comparisonPage(
    comparison,
    {
      title: `Backtest of ${contenders[0]?.group.name}`,
      subtitle: `${contenders.map(({ name }) => name).join(' against ')}, ${comparison.days.toPrecision(3)} days from ${describeExactly(history.demand.start)}`,
      notes: [...knowledge.notes, ...history.findings.map(({ message }) => message)],
      difference,
    },
    css,
  );
  writePage(terminal.cwd, out, page);
};
