import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import { type DeploymentOptions, reachTable } from '#cli/deployment/find-deployment.ts';
import { isTime, momentIn } from '#cli/history/time-said.ts';
import { failure } from '#cli/output/failure.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import type { ConfigurationInForce, DeployedText } from '#domain/configuration/deployed-text.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate rules`: prints the tidegate.yml that is, or was, in force; it only reads. */
export const rulesCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('rules', [
    'tidegate rules --stage prod',
    'tidegate rules --at 2026-03-02T06:00:00Z > before.yml',
    'tidegate rules --at 9f86d081884c7d65',
  ])
    .option('--at <when>', 'a time, or the hash that a decision names (default: now)')
    .action((options) =>
      perform(terminal, finish)({ command: 'rules', ...options }, (announce) =>
        print(options, terminal, announce),
      ),
    );

type Options = DeploymentOptions & Readonly<{ at?: string | undefined; json?: true | undefined }>;

const print = async (options: Options, terminal: Terminal, announce: Announce): Promise<Report> => {
  const question = questionIn(options.at, terminal.now());
  const reached = await reachTable(options, terminal);
  // The text is printed alone, so that it can be piped into a file.
  if (options.json) announce(reached.place);

  const reads = await readsOf(reached, terminal);
  const inForce = 'time' in question ? await reads.readInForce(question.time) : undefined;
  const hash = 'hash' in question ? question.hash : inForce?.hash;
  if (hash === undefined) throw unknown(`no configuration is known that was in force then`);
  const source = await reads.readSource(hash);
  if (source === undefined)
    throw unknown(`the table has no text whose hash begins with ${hash}, or several`);
  return {
    text: source.text,
    data: { ...source, since: inForce?.since ?? null, by: inForce?.by ?? null },
    talk: describe(source, inForce),
  };
};

type Question = Readonly<{ time: Instant }> | Readonly<{ hash: string }>;

const questionIn = (at: string | undefined, now: Instant): Question => {
  if (at === undefined) return { time: now };
  if (/^[0-9a-f]{4,16}$/.test(at)) return { hash: at };
  if (isTime(at)) return { time: momentIn(at, now).to };
  throw failure(
    'usage',
    `--at: found "${at}"; expected a time such as 2026-03-02T06:00:00Z, or a hash such as 9f86d081884c7d65`,
  );
};

const describe = (
  { hash }: DeployedText,
  inForce: ConfigurationInForce | undefined,
): readonly string[] => [
  inForce === undefined
    ? `  hash ${hash}`
    : `  hash ${hash}, deployed by ${inForce.by}, in force since ${describeInstant(inForce.since)}`,
  '  to go back to it, save it and deploy it: TIDEGATE_CONFIG=FILE npx serverless deploy --stage STAGE',
];

const unknown = (message: string) =>
  failure(
    'unknown-name',
    message,
    'the first sweep after a deployment keeps its tidegate.yml; before this version none was kept',
  );
