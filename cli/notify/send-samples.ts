import { mailTopicBeside } from '#aws/doctor/topic-of.ts';
import { sendThrough } from '#channels/channels.ts';
import {
  configured,
  type DeploymentOptions,
  findDeployment,
} from '#cli/deployment/find-deployment.ts';
import { CommandFailure, failure } from '#cli/output/failure.ts';
import type { Announce, Report } from '#cli/output/perform.ts';
import type { Place } from '#cli/output/place.ts';
import { whereaboutsOf } from '#domain/basics/whereabouts.ts';
import { type Channel, capabilitiesOf } from '#domain/configuration/channel.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { describeNews } from '#domain/notify/describe-news.ts';
import type { Message } from '#domain/notify/message.ts';
import type { Delivery } from '#domain/notify/notice.ts';
import { sampleNews } from '#domain/notify/sample-news.ts';
import { currentThread, type Thread, threadAfter } from '#domain/notify/thread.ts';
import type { Instant } from '#domain/time/instant.ts';
import { didYouMean, nearest } from '#parse/configuration/nearest.ts';
import { EXIT } from '../exit-codes.ts';
import type { Account, Terminal } from '../terminal.ts';
import { remedyFor } from './remedy-for.ts';

type Options = DeploymentOptions & Readonly<{ topic?: string | undefined; all?: true | undefined }>;

/** Sends a trial to one channel, or one of each kind, and says what became of it. The first that fails ends it. */
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
  const trials = trialsOf(channel, configuration, { all: options.all, place, now: now() });
  const send = await senderOf(channel, options, { account, terminal, place });
  return reportOf(channel, await sendAll({ send, channel, now: now() }, trials));
};

type Trial = Readonly<{ sample: string; message: Message }>;

type Scope = Readonly<{ all: true | undefined; place: Place; now: Instant }>;

/** Picks the samples that show most; a channel that keeps incidents gets one opened and closed again. */
const trialsOf = (
  channel: Channel,
  configuration: Configuration,
  { all, place, now }: Scope,
): readonly Trial[] => {
  const samples = sampleNews(configuration, now);
  const kinds = capabilitiesOf(channel).keepsIncidents ? ['at-max', 'scaled'] : ['scaled'];
  const few = kinds.flatMap((kind) => samples.filter(({ name }) => name === kind));
  const around = { ...whereaboutsOf(place), groups: configuration.groups };
  return (all ? samples : few).map(({ name, news, chart }) => {
    const message = describeNews(news, chart === undefined ? around : { ...around, chart });
    return { sample: name, message: asTrial(message) };
  });
};

/** Nobody takes it for news, and it neither opens nor closes an incident of those that are real. */
const asTrial = (message: Message): Message => ({
  ...message,
  title: `Trial: ${message.title}`,
  incident: { ...message.incident, key: `trial/${message.incident.key}` },
});

type Route = Readonly<{ send: ReturnType<typeof sendThrough>; channel: Channel; now: Instant }>;

type Result = Readonly<{ sample: string; delivery: Delivery }>;

/** One after the other, those about one matter as one thread. What one does not get through, the next will not. */
const sendAll = async (
  { send, channel, now }: Route,
  trials: readonly Trial[],
): Promise<readonly Result[]> => {
  const threads = new Map<string, Thread>();
  const results: Result[] = [];
  for (const { sample, message } of trials) {
    const { key } = message.incident;
    const before = currentThread(threads.get(key), now);
    const delivery = await send(channel, message, before);
    results.push({ sample, delivery });
    if (delivery.kind !== 'sent') break;
    if (delivery.sentAs !== undefined) {
      threads.set(key, threadAfter(before, message, { sentAs: delivery.sentAs, now }));
    }
  }
  return results;
};

const reportOf = (channel: Channel, results: readonly Result[]): Report => {
  const text = results.map(({ sample, delivery }) => `${sample}: ${WORDS[delivery.kind]}`);
  const last = results.at(-1)?.delivery;
  const data = { channel: channel.name, results };
  if (last === undefined || last.kind === 'sent') return { text: text.join('\n'), data };

  const help = remedyFor(channel, last);
  return {
    text: text.join('\n'),
    data: { ...data, help },
    talk: [`tidegate: ${last.detail}`, `  ${help}`],
    exitCode: EXIT.failed,
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
    names.length === 0 ? 'notify.channels is empty' : suggestion,
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

const WORDS = {
  sent: 'sent',
  failed: 'not sent',
  refused: 'refused for good',
  broken: 'not taken, nor will anything be until that is fixed',
  unclear: 'perhaps sent',
} as const;
