import {
  configured,
  configuredAt,
  type DeploymentOptions,
  reachTable,
} from '#cli/deployment/find-deployment.ts';
import { checkGroupName, groupMeant } from '#cli/deployment/groups-meant.ts';
import { failure } from '#cli/output/failure.ts';
import type { Announce, Report } from '#cli/output/perform.ts';
import type { Place } from '#cli/output/place.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import type { Account, Reads, Terminal } from '#cli/terminal.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { describeLack } from '#domain/observed/opt-in.ts';
import { SECOND_MS } from '#domain/time/instant.ts';
import { readVersion } from '#infrastructure/version.ts';
import { clockSince } from '../decisions-meanwhile.ts';
import { drillIdAt } from '../drill-place.ts';
import { type GroupLook, lookAtGroup, lookOf, pauseOf, type SeenGroup } from '../look-at-group.ts';
import { type Requests, requestsTo } from './http-requests.ts';
import { describePlan, type LoadOptions, type LoadPlan, loadPlanOf } from './load-plan.ts';
import { reportOnLoad } from './report-load.ts';
import { describeLook, type LoadRun, sendLoad } from './send-load.ts';

type Surroundings = Readonly<{ terminal: Terminal; announce: Announce }>;

/**
 * `tidegate drill load`: sends a load to a target of one's own, and says what its group did of it. Throws, before any
 * request is sent, where the load is not wanted in so many words or where the group would not follow it.
 */
export const runLoad = async (
  options: DeploymentOptions & LoadOptions,
  { terminal, announce }: Surroundings,
): Promise<Report> => {
  const plan = loadPlanOf(options);
  checkGroupName(configured(options, terminal), plan.group);
  if (options.yesThisIsMine !== true) throw unwanted(plan);

  const scene = await reachGroup(plan, options, terminal);
  announce(scene.place);
  refuseUnready(scene.group, await scene.look());
  const id = drillIdAt(terminal.now());
  const requests = requestsTo(plan.target, `tidegate-drill/${readVersion().version} (${id})`);
  await tryOnce(plan, requests);

  const tell = (line: string): unknown => terminal.stderr.write(`${line}\n`);
  tell(`${id}: ${describePlan(plan)}; Ctrl-C ends it`);
  const run = await sendLoad(plan, { requests, look: scene.look, terminal, tell });
  const after = await lookOn(plan, run, { scene, terminal, tell });
  return reportOnLoad({ id, plan, run, looks: [...run.looks, ...after] }, scene, terminal);
};

/** The group of a load, and the ways to look at it. */
type Scene = Readonly<{
  place: Place;
  account: Account;
  reads: Reads;
  group: Group;
  look: () => Promise<SeenGroup>;
}>;

const reachGroup = async (
  plan: LoadPlan,
  options: DeploymentOptions,
  terminal: Terminal,
): Promise<Scene> => {
  const reached = await reachTable(options, terminal);
  const { place, account, table } = reached;
  const reads = await readsOf(reached, terminal);
  const group = await groupMeant(reads, configuredAt(place, options, terminal), plan.group);
  const overrides = account.overridesIn(table);
  const look = () => lookAtGroup({ reads, overrides }, group, terminal.now());
  return { place, account, reads, group, look };
};

const unwanted = (plan: LoadPlan): Error =>
  failure(
    'usage',
    `nothing is sent without --yes-this-is-mine; it would be ${describePlan(plan)}, and the rules of ${plan.group} may add instances, which cost money`,
    'load what is yours alone: add --yes-this-is-mine when the target and the group are',
  );

const refuseUnready = ({ name, autoScalingGroup }: Group, seen: SeenGroup): void => {
  const pause = pauseOf(seen);
  if (seen.state === undefined) {
    throw refused(`AWS knows no Auto Scaling group named ${autoScalingGroup} in this Region`);
  }
  if (!seen.state.isManaged) throw refused(`${name} ${describeLack(seen.state.optIn)}`);
  if (pause !== undefined) throw refused(`nothing would follow the load on ${name}: ${pause}`);
};

const refused = (message: string): Error =>
  failure('refused', message, 'no request was sent; tidegate doctor and tidegate status say more');

/** One request before all others: an address that does not answer well would only be told that many times. */
const tryOnce = async ({ target }: LoadPlan, requests: Requests): Promise<void> => {
  const answer = await requests.send();
  if (/^2\d\d$/.test(answer.result)) return;
  requests.close();
  const { result, location } = answer;
  throw failure(
    'refused',
    `one request was tried, and ${target.href} ${/^\d/.test(result) ? `answered ${result}` : `gave no answer: ${result}`}; a load needs an address that answers 2xx`,
    location === undefined
      ? 'choose a page that works without signing in, and look at the target: tidegate doctor'
      : `it leads elsewhere, and redirects are not followed: --target ${new URL(location, target).href}`,
  );
};

const LOOK_ON_SECONDS = 10;

type Looking = Readonly<{ scene: Scene; terminal: Terminal; tell: (line: string) => unknown }>;

/** Looks at the group for a while after the load: CloudWatch is a minute or two behind, and so is what follows from it. */
const lookOn = async (
  { afterSeconds }: LoadPlan,
  { startedAt, endedAt, end }: LoadRun,
  { scene, terminal, tell }: Looking,
): Promise<readonly GroupLook[]> => {
  const looks: GroupLook[] = [];
  const until = endedAt + afterSeconds * SECOND_MS;
  if (end.by === 'person') return looks;
  while (terminal.now() < until) {
    const left = Math.min(LOOK_ON_SECONDS, (until - terminal.now()) / SECOND_MS);
    if (!(await terminal.wait(left))) break;
    const look = await seenOrNot(scene);
    if (look === undefined) continue;
    looks.push(look);
    tell(
      `  ${clockSince(startedAt, look.at).padStart(5)}  the load is over; ${describeLook(look)}`,
    );
  }
  return looks;
};

/** A look that fails is left out: the load is over, and what it found must not be lost. */
const seenOrNot = async ({ look }: Pick<Scene, 'look'>): Promise<GroupLook | undefined> => {
  try {
    return lookOf(await look());
  } catch {
    return undefined;
  }
};
