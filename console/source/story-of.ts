import type { Configuration } from '#domain/configuration/configuration.ts';
import { outcomeOfRecorded, type RecordedDecision } from '#domain/ledger/recorded-decision.ts';
import { keyOfNews } from '#domain/notify/news.ts';
import type { NoticeStatus } from '#domain/notify/notice.ts';
import { parseRecord } from '#parse/record/parse-record.ts';
import { unpackRecord } from '#parse/record/unpack-record.ts';
import { channelsFor, type Story, type Told } from './story.ts';

/** The reads that a story takes. */
export type StoryReads = Readonly<{
  /** Everything that a decision looked at, as `aws dynamodb query` prints it. */
  readRecordOf: (decision: RecordedDecision) => Promise<string>;
  /** The end of a piece of news on each of these channels; one on which it still waits is missing. */
  readStatusesByChannel: (
    key: string,
    channels: readonly string[],
  ) => Promise<ReadonlyMap<string, NoticeStatus>>;
}>;

/** Reads all that is known of a decision. */
export const storyOf = async (
  ledger: StoryReads,
  configuration: Configuration,
  decision: RecordedDecision,
): Promise<Story> => {
  const found = recordIn(await ledger.readRecordOf(decision), decision);
  return { decision, ...found, told: await toldOf(ledger, configuration, { decision, ...found }) };
};

/** The record of a decision as `tidegate replay` takes it, or a text that says why there is none. */
export const recordOf = async (
  { readRecordOf }: Pick<StoryReads, 'readRecordOf'>,
  decision: RecordedDecision,
): Promise<object | string> => {
  const found = unpackRecord(await readRecordOf(decision));
  return found.ok ? found.value.record : (decision.recordMissing ?? found.problem.message);
};

const recordIn = (
  text: string,
  { recordMissing }: RecordedDecision,
): Pick<Story, 'record' | 'unrecorded'> => {
  const parsed = parseRecord(text);
  if (!parsed.ok) return { unrecorded: recordMissing ?? 'its record cannot be read' };
  const { decision } = parsed.value;
  if (decision === undefined) return { unrecorded: 'its record has no decision' };
  return { record: { ...parsed.value, decision } };
};

/** Tells how the news of a decision ended on each channel that its routes name, and where it went from there. */
const toldOf = async (
  { readStatusesByChannel }: StoryReads,
  configuration: Configuration,
  story: Omit<Story, 'told'>,
): Promise<readonly Told[]> => {
  const { decision } = story;
  const news = outcomeOfRecorded(decision);
  if (news === undefined) return [];
  const channels = channelsFor(configuration, news);
  const found = await readStatusesByChannel(keyOfNews(news), channels);
  const unsent = decision.goesOn ? 'known' : 'waiting';
  return channels.map((channel) => {
    const { kind = unsent, to } = found.get(channel) ?? {};
    return { channel, status: kind, ...(to === undefined ? {} : { to }) };
  });
};
