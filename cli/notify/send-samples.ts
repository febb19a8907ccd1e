import { mailTopicBeside } from '../../shared/aws/examine/topic-of.ts';
import { sendThrough } from '../../shared/channels/send.ts';
import type { Channel } from '../../shared/domain/channel.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { describeNews } from '../../shared/domain/describe-news.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { Delivery } from '../../shared/domain/notice.ts';
import { sampleChart, sampleNews } from '../../shared/domain/sample-news.ts';
import { goingOn, type Talk, talkAfter } from '../../shared/domain/talk.ts';
import { didYouMean, nearest } from '../../shared/parse/configuration/nearest.ts';
import {
  configured,
  type DeploymentOptions,
  findDeployment,
} from '../deployment/find-deployment.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandFailure, failure } from '../output/failure.ts';
import type { Announce, Report } from '../output/perform.ts';
import type { Place } from '../output/place.ts';
import type { Account, Terminal } from '../terminal.ts';

type Options = DeploymentOptions & Readonly<{ topic?: string | undefined }>;

/** Sends a message of each kind to one channel, one after the other, and says what became of each. */
export const sendSamples = async (
  name: string,
  options: Options,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<Report> => {
  const { now } = terminal;
  const channel = channelNamed(configured(options, terminal), name);
  const account = await terminal.connect(options);
  const place = await placeFor(channel, options, { account, terminal });
  announce(place);

  const { service, stage } = place;
  const configuration = configured({ ...options, service, stage }, terminal);
  const send = await senderOf(channel, options, { account, terminal, place });
  const tell = tellSample({ send, channel, now: now() });
  const surroundings = { groups: configuration.groups, chart: sampleChart(now()) };
  const results: Readonly<{ sample: string; delivery: Delivery }>[] = [];
  for (const { name: sample, news } of sampleNews(configuration, now())) {
    results.push({ sample, delivery: await tell(describeNews(news, surroundings)) });
  }
  return {
    text: results.map(({ sample, delivery }) => `${sample}: ${describe(delivery)}`).join('\n'),
    data: { channel: name, results },
    exitCode: results.every(({ delivery }) => delivery.kind === 'sent') ? EXIT.ok : EXIT.failed,
  };
};

type Trial = Readonly<{
  send: ReturnType<typeof sendThrough>;
  channel: Channel;
  now: Instant;
}>;

/** Sends one message after the other, those about one matter as one talk. */
const tellSample = ({ send, channel, now }: Trial) => {
  const talks = new Map<string, Talk>();

  return async (message: Message): Promise<Delivery> => {
    const { key } = message.incident;
    const before = goingOn(talks.get(key), now);
    const delivery = await send(channel, message, before);
    if (delivery.kind === 'sent' && delivery.sentAs !== undefined) {
      talks.set(key, talkAfter(before, message, { sentAs: delivery.sentAs, now }));
    }
    return delivery;
  };
};

const channelNamed = ({ channels }: Configuration, name: string): Channel => {
  const found = channels.find((each) => each.name === name);
  if (found) return found;

  const names = channels.map((each) => each.name);
  const { suggestion = `there are ${names.join(', ')}` } = didYouMean(nearest(name, names));
  throw failure(
    'unknown-name',
    `there is no channel named "${name}" in the configuration`,
    names.length === 0 ? 'there is none at all under notify.channels' : suggestion,
  );
};

type Reach = Readonly<{ account: Account; terminal: Terminal }>;

/** A mailbox is subscribed by the deployment; other channels can be tried before there is one. */
const placeFor = async (
  { kind }: Channel,
  options: Options,
  { account, terminal }: Reach,
): Promise<Place> => {
  try {
    return await findDeployment(options, terminal, account);
  } catch (thrown) {
    const isMissing = thrown instanceof CommandFailure && thrown.failure.code === 'not-deployed';
    if (kind === 'email' || !isMissing) throw thrown;
    return { region: await account.region() };
  }
};

const senderOf = async (
  channel: Channel,
  { topic }: Options,
  {
    account,
    terminal: { env, now },
    place: { stack = '', region = '' },
  }: Reach & Readonly<{ place: Place }>,
) => {
  const alarmTopic =
    channel.kind === 'email' ? (topic ?? env.TIDEGATE_TOPIC ?? (await account.topicOf(stack))) : '';
  const mailTopic = alarmTopic && mailTopicBeside(alarmTopic, stack, channel.name);
  return sendThrough({
    fetch,
    now,
    readSecret: account.readSecret,
    ...account.mail(),
    region,
    mailTopics: new Map(mailTopic ? [[channel.name, mailTopic]] : []),
  });
};

const describe = (delivery: Delivery): string =>
  delivery.kind === 'sent' ? 'sent' : `${WORDS[delivery.kind]}: ${delivery.detail}`;

const WORDS = {
  failed: 'not sent',
  refused: 'refused for good',
  broken: 'not taken, nor will anything be until that is mended',
  unclear: 'perhaps sent',
} as const;
