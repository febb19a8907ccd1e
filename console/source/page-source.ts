import { observeStatus, type Status } from '#app/status/observe-status.ts';
import type {
  Figure,
  GroupData,
  Mark,
  Notice,
  PageAction,
  PageAnswer,
  PageData,
  StoryText,
} from '#console/page/data.ts';
import type { Group } from '#domain/configuration/configuration.ts';
import { describeLastLook } from '#domain/status/last-look.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import type { Instant } from '#domain/time/instant.ts';
import { marksOf } from './mark-of.ts';
import type { ConsolePorts } from './ports.ts';
import { storyOf } from './story-of.ts';
import { tellDecision } from './tell-decision.ts';
import { readTimeLine } from './time-line.ts';

/** The source of a page: everything that it shows, one decision told, and what a person does there. */
export type PageSource = Readonly<{
  look: () => Promise<PageData>;
  /** Nothing when the ledger does not know the decision. */
  tell: (group: string, id: string) => Promise<StoryText | undefined>;
  act: (action: PageAction) => Promise<PageAnswer>;
}>;

/** The source of a page about a fleet, deployed or simulated. */
export const createPageSource = (ports: ConsolePorts): PageSource => ({
  look: () => look(ports),
  tell: (group, id) => tell(ports, group, id),
  act: async (action) =>
    ports.act?.(action) ?? { isDone: false, text: 'nothing can be done here: it is a report' },
});

/** No more decisions of a group are shown, counted from the newest. */
const MOST_MARKS = 1_500;

const look = async (ports: ConsolePorts): Promise<PageData> => {
  const { reads, title } = ports;
  const now = ports.now();
  const configuration = ports.configuration();
  const members = (await ports.members?.()) ?? [];
  const groups = [...configuration.groups, ...members.slice(0, MOST_MEMBERS)];
  const status = await observeStatus(reads, configuration, groups);
  const shown = await Promise.all(
    groups.map((group, place) => groupData(ports, group, status.groups[place])),
  );
  return {
    title,
    subtitle: ports.subtitle(),
    now,
    notices: [...noticesOf(status, now), ...noticeOfMembers(members.length)],
    groups: shown,
    events: ports.events?.() ?? [],
    figures: ports.figures?.() ?? figuresOf(shown.flatMap(({ marks }) => marks)),
    ...(ports.controls === undefined ? {} : { controls: ports.controls() }),
  };
};

/** A page of more groups serves nobody, and each costs reads. */
const MOST_MEMBERS = 50;

const noticeOfMembers = (count: number): readonly Notice[] =>
  count <= MOST_MEMBERS
    ? []
    : [
        {
          tone: 'warn' as const,
          text: `of ${count} members of fleets the first ${MOST_MEMBERS} are shown; of the others: tidegate status FLEET/AUTO-SCALING-GROUP`,
        },
      ];

const groupData = async (
  ports: ConsolePorts,
  group: Group,
  found: Status['groups'][number] | undefined,
): Promise<GroupData> => {
  const { name, autoScalingGroup } = group;
  const status = found !== undefined && 'rules' in found ? found : undefined;
  const unseen = found !== undefined && 'unseen' in found ? found.unseen : undefined;
  const [decisions, override] = await Promise.all([
    ports.reads.listDecisions({ group: name, since: ports.since(), most: MOST_MARKS }),
    ports.readOverride(name),
  ]);
  const marks = marksOf(decisions);
  return {
    name,
    autoScalingGroup,
    ...(status === undefined ? {} : { status }),
    ...(unseen === undefined ? {} : { unseen }),
    ...(await readTimeLine(ports, group, { status, marks })),
    marks,
    ...(override === undefined ? {} : { override }),
  };
};

/** Matters of the whole deployment that somebody should know. */
export const noticesOf = ({ sweep, channels, alarms }: Status, now: Instant): readonly Notice[] => {
  const last = describeLastLook(sweep, now);
  return [
    ...(last.tone === 'late' ? [{ tone: 'bad' as const, text: last.text }] : []),
    ...channels.map(({ channel, since, detail }) => ({
      tone: 'bad' as const,
      text: `the channel ${channel} is broken since ${describeInstant(since)}: ${detail}`,
    })),
    ...alarms.map(({ key, since }) => ({
      tone: 'warn' as const,
      text: `${key} is open since ${describeInstant(since)}`,
    })),
  ];
};

/** The figures of a page by its marks: trouble that goes on needed a person once. */
export const figuresOf = (marks: readonly Mark[]): readonly Figure[] => {
  const count = (...kinds: readonly Mark['kind'][]): string =>
    String(marks.filter(({ kind, isKnown }) => kinds.includes(kind) && !isKnown).length);
  return [
    { name: 'Changes', value: count('scaled', 'replaced') },
    { name: 'Holds', value: count('held') },
    { name: 'Needed a person', value: count('at-max', 'blocked', 'failed') },
  ];
};

const tell = async (
  { reads, configuration }: ConsolePorts,
  group: string,
  id: string,
): Promise<StoryText | undefined> => {
  const at = await reads.readTimeOf(group, id);
  if (at === undefined) return undefined;
  const found = await reads.listDecisions({ group, since: at, until: at, most: 10 });
  const decision = found.find((each) => each.id === id);
  if (decision === undefined) return undefined;
  return tellDecision(await storyOf(reads, configuration(), decision));
};

/**
 * The page with decisions told inside, as a report keeps it; nothing can be done there. Of each group no more than so many
 * are told, the newest that did something; all when absent.
 */
export const reportData = async (source: PageSource, mostTold?: number): Promise<PageData> => {
  const { controls: _none, ...data } = await source.look();
  const groups: GroupData[] = [];
  for (const group of data.groups) {
    const told = mostTold === undefined ? group.marks : newestDone(group.marks, mostTold);
    groups.push({ ...group, marks: await withStories(source, group, told) });
  }
  return { ...data, groups };
};

const newestDone = (marks: readonly Mark[], most: number): readonly Mark[] => {
  const done = marks.filter(({ kind }) => kind !== 'held' && kind !== 'planned');
  return done.slice(Math.max(0, done.length - most));
};

/** The marks of a group, those of `told` with their stories. */
const withStories = async (
  { tell }: PageSource,
  { name, marks }: GroupData,
  told: readonly Mark[],
): Promise<readonly Mark[]> => {
  const found: Mark[] = [];
  for (const mark of marks) {
    const story = told.includes(mark) ? await tell(name, mark.id) : undefined;
    found.push(story === undefined ? mark : { ...mark, story });
  }
  return found;
};
