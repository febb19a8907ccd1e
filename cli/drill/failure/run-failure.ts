import {
  configured,
  configuredAt,
  type DeploymentOptions,
  reachTable,
} from '#cli/deployment/find-deployment.ts';
import { checkGroupName, groupMeant } from '#cli/deployment/groups-meant.ts';
import { EXIT } from '#cli/exit-codes.ts';
import { failure } from '#cli/output/failure.ts';
import type { Announce, Report } from '#cli/output/perform.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import type { Reads, Terminal } from '#cli/terminal.ts';
import type { Overrides } from '#console/override/write-override.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { isHealed, targetGroupsOf } from '#domain/health/health-observation.ts';
import type { RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import { type Instant, SECOND_MS } from '#domain/time/instant.ts';
import { decisionsBetween, describeDecisions } from '../decisions-meanwhile.ts';
import { drillIdAt } from '../drill-place.ts';
import { lookAtGroup } from '../look-at-group.ts';
import { type MayEnd, mayEnd, type Scene } from './may-end.ts';
import { type Watched, watchRecovery } from './watch-recovery.ts';

type FailureOptions = DeploymentOptions &
  Readonly<{ instance?: string | undefined; yesThisIsMine?: true | undefined }>;

type Wanted = Readonly<{
  group: string;
  /** Seconds until the group must be whole again. */
  within: number;
}>;

type Surroundings = Readonly<{ terminal: Terminal; announce: Announce }>;

/**
 * `tidegate drill failure`: ends one instance of a group, and watches until the group is whole again. Throws, before
 * anything is ended, where it is not wanted in so many words or where the group could not bear it.
 */
export const runFailure = async (
  { group: name, within }: Wanted,
  options: FailureOptions,
  { terminal, announce }: Surroundings,
): Promise<Report> => {
  checkGroupName(configured(options, terminal), name);
  const reached = await reachTable(options, terminal);
  const { place, account, table } = reached;
  announce(place);
  const reads = await readsOf(reached, terminal);
  const group = await groupMeant(reads, configuredAt(place, options, terminal), name);
  const overrides = account.overridesIn(table);
  const look = () => observe({ reads, overrides }, group, terminal.now());

  const before = await look();
  const { instance, inService, needed } = allowed(mayEnd(before, options.instance));
  const what = `${instance.id} (${instance.availabilityZone}) of ${group.name}, which has ${inService} in service and must keep ${needed}`;
  if (options.yesThisIsMine !== true) throw unwanted(what);

  const startedAt = terminal.now();
  const id = drillIdAt(startedAt);
  const answer = await account.endInstance(instance.id);
  if (answer.kind === 'refused') throw refused(`AWS refused to end ${what}: ${answer.detail}`);
  terminal.stderr.write(`${id}: ended ${what}; Ctrl-C ends the watch, and nothing else\n`);

  const watched = { ended: instance.id, before };
  const until = startedAt + within * SECOND_MS;
  const recovery = await watchRecovery(look, watched, { startedAt, until, terminal });
  const times = { since: startedAt, until: terminal.now() };
  const meanwhile = await decisionsBetween(reads, group.name, times);
  const { decisions } = meanwhile;
  const end: FailureData = {
    drill: id,
    startedAt,
    group: group.name,
    instance: instance.id,
    ...recovery,
    decisions,
  };
  return {
    text: [
      id,
      `ended     ${what}`,
      describeRecovery(end, within),
      '',
      ...describeDecisions(meanwhile, { group: group.name, place }),
    ].join('\n'),
    data: end,
    exitCode: recovery.wholeAfterMs === undefined ? EXIT.invalid : EXIT.ok,
  };
};

/** The fields of a failure drill in the output for programs. */
export type FailureData = Readonly<{
  drill: string;
  startedAt: Instant;
  group: string;
  instance: string;
  decisions: readonly RecordedDecision[];
}> &
  Watched;

type Observed = Readonly<{
  reads: Pick<Reads, 'scale' | 'heal'>;
  overrides: Overrides;
}>;

const observe = async (
  { reads, overrides }: Observed,
  group: Group,
  at: Instant,
): Promise<Scene> => {
  const seen = await lookAtGroup({ reads, overrides }, group, at);
  const targetGroups = isHealed(group) ? targetGroupsOf(group, seen.state) : [];
  const members = await Promise.all(
    targetGroups.map((targetGroup) => reads.heal.readTargets(targetGroup)),
  );
  const targets = members.flatMap((found) => found ?? []);
  const arns = [...new Set(targets.map(({ targetGroupArn }) => targetGroupArn))];
  const [failOpen, obstacles] = await Promise.all([
    arns.length === 0 ? {} : reads.heal.readFailOpen(arns),
    seen.state === undefined ? [] : reads.heal.readObstacles(seen.state),
  ]);
  return { ...seen, group, targets, failOpen, obstacles };
};

const allowed = (answer: MayEnd): Extract<MayEnd, { kind: 'may' }> => {
  if (answer.kind === 'may') return answer;
  throw failure('refused', `nothing was ended: ${answer.why}`, answer.help);
};

const unwanted = (what: string): Error =>
  failure(
    'usage',
    `nothing is ended without --yes-this-is-mine; it would be ${what}`,
    'what runs on the instance is lost: add --yes-this-is-mine when the group may lose it',
  );

const refused = (message: string): Error =>
  failure('refused', message, 'docs/permissions.md lists what drill failure takes');

const describeRecovery = ({ wholeAfterMs, seen }: FailureData, within: number): string =>
  wholeAfterMs === undefined
    ? `whole     not yet, ${describeSeconds(within)} were given: ${seen.at(-1)?.text}`
    : `whole     again after ${describeSeconds(Math.round(wholeAfterMs / SECOND_MS))}: ${seen.at(-1)?.text}`;
