import { sendEmail } from '../../shared/channels/email.ts';
import { sendToPagerDuty } from '../../shared/channels/pagerduty.ts';
import { sendThrough } from '../../shared/channels/send.ts';
import { sendToSlack } from '../../shared/channels/slack.ts';
import { sendToTeams } from '../../shared/channels/teams.ts';
import { sendToWebhook } from '../../shared/channels/webhook.ts';
import type { Channel, Configuration } from '../../shared/domain/configuration.ts';
import { describeNews } from '../../shared/domain/describe-news.ts';
import type { Delivery } from '../../shared/domain/notice.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { sampleNews } from '../../shared/domain/sample-news.ts';
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
    let worst: number = EXIT.ok;
    for (const { name: sample, news } of sampleNews(configuration.value, now())) {
      const delivery = await send(channel.value, describeNews(news));
      if (delivery.kind !== 'sent') worst = EXIT.failed;
      stdout.write(`${sample}: ${describe(delivery)}\n`);
    }
    return worst;
  } catch (thrown) {
    return failed(thrown, terminal);
  }
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
  const ports = { fetch, readSecret: account.readSecret };
  const stack = `${service}-${stage}`;
  const alarmTopic =
    channel.kind === 'email' ? (topic ?? env.TIDEGATE_TOPIC ?? (await account.topicOf(stack))) : '';
  // As the deployment names it, beside the alarm topic.
  const mailTopic = alarmTopic?.replace(/[^:]+$/, `${stack}-mail-${channel.name}`);
  return sendThrough({
    slack: sendToSlack(ports),
    teams: sendToTeams(ports),
    webhook: sendToWebhook({ ...ports, now }),
    pagerduty: sendToPagerDuty(ports),
    email: (mailbox, message) =>
      sendEmail(account.mail(), new Map(mailTopic ? [[mailbox.name, mailTopic]] : []))(
        mailbox,
        message,
      ),
  });
};

const describe = (delivery: Delivery): string =>
  delivery.kind === 'sent' ? 'sent' : `${WORDS[delivery.kind]}: ${delivery.detail}`;

const WORDS = {
  failed: 'not sent',
  refused: 'refused for good',
  unclear: 'perhaps sent',
} as const;
