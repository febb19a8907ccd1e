import { mailTopicBeside } from '../../shared/aws/examine/topic-of.ts';
import { sendThrough } from '../../shared/channels/send.ts';
import type { Channel } from '../../shared/domain/channel.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { describeNews } from '../../shared/domain/describe-news.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Message } from '../../shared/domain/message.ts';
import type { Delivery } from '../../shared/domain/notice.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { sampleChart, sampleNews } from '../../shared/domain/sample-news.ts';
import { goingOn, type Talk, talkAfter } from '../../shared/domain/talk.ts';
import { didYouMean, nearest } from '../../shared/parse/configuration/nearest.ts';
import { failed } from '../override/failure.ts';
import { configured, type DeploymentOptions } from '../override/reach.ts';
import { type Account, EXIT, type Terminal } from '../terminal.ts';

type Options = DeploymentOptions & Readonly<{ topic?: string | undefined }>;

/** Sends a message of each kind to one channel, one after the other, and says what became of each. */
export const sendSamples = async (
  name: string,
  options: Options,
  terminal: Terminal,
): Promise<number> => {
  const { stdout, stderr, connect, now } = terminal;
  const configuration = configured(options, terminal);
  const channel = configuration.ok ? channelNamed(configuration.value, name) : configuration;
  if (!configuration.ok || !channel.ok) {
    stderr.write(`tidegate: ${problemOf(configuration.ok ? channel : configuration)}\n`);
    return EXIT.invalid;
  }

  try {
    const send = await senderOf(channel.value, options, { account: await connect(), terminal });
    const tell = tellSample({ send, channel: channel.value, now: now() });
    const surroundings = { groups: configuration.value.groups, chart: sampleChart(now()) };
    let worst: number = EXIT.ok;
    for (const { name: sample, news } of sampleNews(configuration.value, now())) {
      const delivery = await tell(describeNews(news, surroundings));
      if (delivery.kind !== 'sent') worst = EXIT.failed;
      stdout.write(`${sample}: ${describe(delivery)}\n`);
    }
    return worst;
  } catch (thrown) {
    return failed(thrown, terminal);
  }
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

const problemOf = (result: Result<unknown, string>): string => (result.ok ? '' : result.problem);

const channelNamed = ({ channels }: Configuration, name: string): Result<Channel, string> => {
  const found = channels.find((each) => each.name === name);
  if (found) return ok(found);

  const names = channels.map((each) => each.name);
  const { suggestion = `there are ${names.join(', ')}` } = didYouMean(nearest(name, names));
  return err(`there is no channel named "${name}" in the configuration; ${suggestion}`);
};

type Reach = Readonly<{ account: Account; terminal: Terminal }>;

const senderOf = async (
  channel: Channel,
  { topic, service, stage }: Options,
  { account, terminal: { env, now } }: Reach,
) => {
  const stack = `${service}-${stage}`;
  const alarmTopic =
    channel.kind === 'email' ? (topic ?? env.TIDEGATE_TOPIC ?? (await account.topicOf(stack))) : '';
  const mailTopic = alarmTopic && mailTopicBeside(alarmTopic, stack, channel.name);
  return sendThrough({
    ...{ fetch, now, readSecret: account.readSecret, ...account.mail() },
    // Behind the name of a mail that was sent; AWS itself names its Region in the address of a topic.
    region: env.AWS_REGION ?? '',
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
