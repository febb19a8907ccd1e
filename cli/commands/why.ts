import picocolors from 'picocolors';
import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import { configured, type DeploymentOptions, reachTable } from '#cli/deployment/find-deployment.ts';
import { checkGroupName, groupMeant, withGroup } from '#cli/deployment/groups-meant.ts';
import { describeStory } from '#cli/history/describe-story.ts';
import { type Asked, findDecision } from '#cli/history/find-decision.ts';
import { failure } from '#cli/output/failure.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import { readsOf } from '#cli/status/reads-of.ts';
import { recordOf, storyOf } from '#console/source/story-of.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { type Finish, isColourful, type Terminal } from '../terminal.ts';

/** `tidegate why [GROUP] [last|ID|TIME]`: tells one decision as a story, or why there was none; it only reads. */
export const whyCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('why', [
    'tidegate why web --stage prod',
    'tidegate why web web-17',
    'tidegate why web 14:02',
    'tidegate why web web-17 --record > record.json',
  ])
    .argument('[group]', 'a group of tidegate.yml (default: the only one)')
    .argument(
      '[which]',
      'last, the id of a decision, or a time: 14:02 (UTC) or with its zone',
      'last',
    )
    .option('--record', 'print the record, for tidegate replay and tidegate decide')
    .action((group, which, options) =>
      perform(terminal, finish)({ command: 'why', ...options }, (announce) =>
        tell({ group, which }, options, { terminal, announce }),
      ),
    );

type Question = Readonly<{ group: string | undefined; which: string }>;
type Options = DeploymentOptions & Readonly<{ record?: true | undefined; json?: true | undefined }>;
type Surroundings = Readonly<{ terminal: Terminal; announce: Announce }>;

const tell = async (
  { group: name, which }: Question,
  options: Options,
  { terminal, announce }: Surroundings,
): Promise<Report> => {
  const configuration = configured(options, terminal);
  const said = groupSaid(configuration, name);
  const reached = await reachTable(options, terminal);
  // A record is printed alone, so that it can be piped.
  if (!options.record || options.json) announce(reached.place);

  const reads = await readsOf(reached, terminal);
  const meant = await groupMeant(reads, configuration, said);
  const group = meant.name;
  const asked = await findDecision(reads, { group, which }, terminal.now());
  if (options.record) return printRecord(await recordOf(reads, asked.decision), asked);

  const story = await storyOf(reads, withGroup(configuration, meant), asked.decision);
  const paint = picocolors.createColors(isColourful(terminal));
  const { decision, record } = story;
  return {
    text: [...asked.preface, describeStory(story, paint)].join('\n\n'),
    data: {
      recorded: decision,
      decision: record?.decision ?? null,
      isBefore: asked.preface.length > 0,
      told: story.told,
    },
    talk: [`  all of it, for replay and decide: tidegate why ${group} ${decision.id} --record`],
  };
};

const printRecord = (record: object | string, { decision }: Asked): Report => {
  if (typeof record !== 'string') {
    return { text: JSON.stringify(record, null, 2), data: { record } };
  }
  throw failure('unknown-name', `the ledger has no record of ${decision.id}: ${record}`);
};

/** The only group of the file where nobody names one; with fleets there are perhaps others. */
const groupSaid = (configuration: Configuration, name: string | undefined): string => {
  checkGroupName(configuration, name);
  if (name !== undefined) return name;
  const { groups, fleets = [] } = configuration;
  const [only, ...others] = groups;
  if (only !== undefined && others.length === 0 && fleets.length === 0) return only.name;
  throw failure(
    'usage',
    'say which group',
    `there are ${[...groups, ...fleets].map((each) => each.name).join(', ')}`,
  );
};
