import picocolors from 'picocolors';
import { type CapacityPreview, previewCapacity } from '#app/capacity/preview-capacity.ts';
import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import {
  type DeploymentOptions,
  namedDeployment,
  reachTable,
  USUAL_SERVICE,
  USUAL_STAGE,
} from '#cli/deployment/find-deployment.ts';
import type { Annotation } from '#cli/output/annotation.ts';
import { failure } from '#cli/output/failure.ts';
import { formatOption } from '#cli/output/format.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import { placeOfKey } from '#cli/output/place-of-key.ts';
import type { PlannedChange } from '#cli/plan/changes.ts';
import { describePlan, type Preview } from '#cli/plan/describe-plan.ts';
import { isEmpty, type Plan, planOf } from '#cli/plan/plan-of.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import type { Configuration, Group } from '#domain/configuration/configuration.ts';
import { isUnseen, type Unseen } from '#domain/lane/unreadable-group.ts';
import { memberGroups } from '#domain/sweep/kept-membership.ts';
import { alarmPrefixOf } from '#parse/configuration/normalise/alarm-name.ts';
import { EXIT } from '../exit-codes.ts';
import {
  type ConfigurationFile,
  configurationIn,
  findConfiguration,
  namedFile,
} from '../find-configuration.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate plan [FILE]`: shows what a deployment of a file would change; it only reads. */
export const planCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('plan', [
    'tidegate plan --stage prod',
    'tidegate plan new.yml --stage prod',
    'tidegate plan new.yml --json',
  ])
    .argument('[file]', 'the tidegate.yml (default: as for --config)')
    .addHelpText(
      'after',
      '\nIt ends with 0 when nothing would change, and with 2 when something would.',
    )
    .addOption(formatOption())
    .action((file, options) =>
      perform(terminal, finish)({ command: 'plan', ...options }, (announce) =>
        plan(file, options, { terminal, announce }),
      ),
    );

const plan = async (
  file: string | undefined,
  options: DeploymentOptions,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<Report> => {
  const found = findConfiguration(namedFile(file, options.config), terminal);
  // A mistake in the file needs no AWS to be told.
  configurationIn(found, USUAL_SERVICE);
  const reached = await reachTable(options, terminal);
  announce(reached.place);

  const named = namedDeployment({ ...options, ...reached.place }, terminal);
  const { service = USUAL_SERVICE, stage = USUAL_STAGE } = named;
  const prefix = alarmPrefixOf({ service, stage });
  const reads = await readsOf(reached, terminal);
  const source = await deployedSource(reads, terminal);
  const deployed = { file: 'the deployed file', how: source.hash, text: source.text };
  const [before, after] = [configurationIn(deployed, prefix), configurationIn(found, prefix)];

  const planned = planOf(before, after, { service, stage });
  const previews = isEmpty(planned) ? [] : await previewBoth(reads, before, after);
  const paint = picocolors.createColors(isColourful(terminal));
  return {
    text: describePlan(planned, previews, paint),
    data: { deployed: source.hash, file: found.file, changes: planned, previews },
    annotations: annotationsFor(planned, found),
    exitCode: isEmpty(planned) ? EXIT.ok : EXIT.usage,
    talk: [`  ${found.file} against what is deployed (hash ${source.hash})`],
  };
};

/** Each group and alert that changes, on its line; one that is removed has none. */
const annotationsFor = (
  { groups, fleets, alerts }: Plan,
  { file, text }: ConfigurationFile,
): readonly Annotation[] => [
  ...groups.map((change) => annotationFor('groups', change, { file, text })),
  ...fleets.map((change) => annotationFor('fleets', change, { file, text })),
  ...alerts.map((change) => annotationFor('alerts', change, { file, text })),
];

const annotationFor = (
  part: 'groups' | 'fleets' | 'alerts',
  { kind, name, details }: PlannedChange,
  { file, text }: Pick<ConfigurationFile, 'file' | 'text'>,
): Annotation => ({
  level: 'notice',
  file,
  ...placeOfKey(text, [part, name]),
  title: `${name} is ${kind}`,
  message: details.join('\n') || `a deployment ${kind === 'made' ? 'makes' : 'removes'} ${name}`,
});

type PlanReads = Awaited<ReturnType<typeof readsOf>>;

const deployedSource = async (
  { readInForce, readSource }: PlanReads,
  { now }: Pick<Terminal, 'now'>,
) => {
  const inForce = await readInForce(now());
  const source = inForce === undefined ? undefined : await readSource(inForce.hash);
  if (source !== undefined) return source;
  throw failure(
    'unknown-name',
    'what is deployed is not known: the table has no tidegate.yml of it',
    'the first sweep after a deployment of this version keeps it: deploy the file that is deployed once more',
  );
};

/** Of so many members of fleets a plan says what they would do, the first by name. */
const MOST_MEMBERS = 20;

/** Decides each group that stays by both files, on observations of this moment. */
const previewBoth = async (
  reads: PlanReads,
  before: Configuration,
  after: Configuration,
): Promise<readonly Preview[]> => {
  const { scale } = reads;
  const hasMembers = before.fleets !== undefined && after.fleets !== undefined;
  const memberships = hasMembers ? await reads.readAllMemberships() : [];
  const known = new Map(
    [...before.groups, ...memberGroups(before, memberships)].map((each) => [each.name, each]),
  );
  const pairs = [
    ...after.groups,
    ...memberGroups(after, memberships).slice(0, MOST_MEMBERS),
  ].flatMap((next) => {
    const old = known.get(next.name);
    return old === undefined ? [] : [{ old, next }];
  });
  const [present, planned] = await Promise.all([
    previewCapacity(
      scale,
      pairs.map(({ old }) => old),
    ),
    previewCapacity(
      scale,
      pairs.map(({ next }) => next),
    ),
  ]);
  return pairs.map(({ next }, index) => ({
    group: next.name,
    present: decisionIn(present[index]),
    planned: decisionIn(planned[index]),
  }));
};

const decisionIn = (seen: CapacityPreview | Unseen<Group> | undefined) => {
  if (seen === undefined) return 'it was not looked at';
  return isUnseen(seen) ? `not seen: ${seen.error.message}` : seen.decision;
};
