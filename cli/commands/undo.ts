import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import { configured, type DeploymentOptions, reachTable } from '#cli/deployment/find-deployment.ts';
import { groupOrMember } from '#cli/deployment/groups-meant.ts';
import { failure } from '#cli/output/failure.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import { overrideAsked, writeOverride } from '#cli/override/set.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import { type EndOptions, endOf } from '#console/override/override-end.ts';
import { textIn } from '#console/override/override-of.ts';
import type { ForeignChange, ScaleHead } from '#domain/ledger/head.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate undo GROUP`: takes the last change back, by a pin to the capacity before it. */
export const undoCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('undo', [
    'tidegate undo web --stage prod',
    'tidegate undo web --stage prod --for 30m --reason "the deployment was at fault"',
  ])
    .argument('<group>', 'a group of tidegate.yml')
    .option('--reason <text>', 'the reason, which everybody can read (default: the change)')
    .option('--for <duration>', 'the duration, such as 90m or 2h (default: 1h)')
    .option('--until <time>', 'the end, such as 2026-03-02T18:00:00Z; instead of --for')
    .option('--by <name>', 'your name (default: the name of the user on this machine)')
    .action((group, options) =>
      perform(terminal, finish)({ command: 'undo', ...options }, (announce) =>
        undo(group, options, { terminal, announce }),
      ),
    );

type Options = DeploymentOptions &
  EndOptions &
  Readonly<{ reason?: string | undefined; by?: string | undefined }>;

const undo = async (
  name: string,
  options: Options,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<Report> => {
  const { reason, by, until } = options;
  const end = until === undefined ? { for: options.for ?? '1h' } : { until, for: options.for };
  endOf(end, terminal.now());
  if (reason !== undefined) textIn('--reason', reason);
  if (by !== undefined) textIn('--by', by);
  groupOrMember(configured(options, terminal), name);
  const reached = await reachTable(options, terminal);
  announce(reached.place);

  const { scale } = await readsOf(reached, terminal);
  const memory = (await scale.ledger.read([name])).get(name);
  if (memory?.damage !== undefined) throw failure('aws', memory.damage, 'see: tidegate doctor');
  const change = lastOf(memory?.head);
  if (change === undefined) {
    throw failure(
      'unknown-name',
      `no change of ${name} is known`,
      'see: tidegate history --changes',
    );
  }

  const said = `takes back ${describe(change)}`;
  const wanted = { kind: 'pin', group: name, capacity: change.from } as const;
  const override = overrideAsked(wanted, { ...options, ...end, reason: reason ?? said }, terminal);
  const report = await writeOverride(name, override, reached);
  return { ...report, data: { ...report.data, undone: change } };
};

type Undone = ForeignChange & Readonly<{ isForeign: boolean }>;

/** The newest change of a group, ours or somebody else's. */
const lastOf = (head: ScaleHead | undefined): Undone | undefined => {
  const changes = [
    ...[head?.lastScaleOut, head?.lastScaleIn].map((change) => ({ change, isForeign: false })),
    { change: head?.foreign, isForeign: true },
  ];
  const known = changes.flatMap(({ change, isForeign }) => {
    if (change === undefined) return [];
    const { at, from, to } = change;
    return [{ at, from, to, isForeign }];
  });
  return known.toSorted((a, b) => b.at - a.at)[0];
};

const describe = ({ at, from, to, isForeign }: Undone): string =>
  `${isForeign ? 'somebody else’s change' : 'the change'} from ${from} to ${to} at ${describeInstant(at)}`;
