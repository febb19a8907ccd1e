import { mailTopicId } from '#infrastructure/mail-topics.ts';
import { BOT_SECRET, HTML_SENDER, writeConfiguration } from './configuration-file.ts';
import { type Stops, startDeployment } from './deployment.ts';
import { openMailbox } from './mailbox.ts';
import { json, query, textsOf } from './raw-call.ts';
import { commandAt } from './tidegate-command.ts';
import { createWorld, type World } from './world.ts';

const MAIL_TOPIC = mailTopicId({ kind: 'email', name: 'mail', address: '' });

export type System = Awaited<ReturnType<typeof startSystem>>;

/** The account of the wire test: a fleet for each scenario, Tidegate deployed for them, its functions at work. */
export const startSystem = async (stops: Stops, say: (line: string) => void) => {
  let world: World | undefined;
  const deployment = await startDeployment(stops, say, async (account) => {
    world = await createWorld(account.endpoint, account.clients);
    await putSender(account.endpoint);
    return writeConfiguration(world, account.slackOrigin);
  });
  if (world === undefined) throw new Error('nothing was put into the account');

  const { clients, stack, proxy, table, endpoint } = deployment;
  const mailbox = await openMailbox(clients, stack.physicalIds.get(MAIL_TOPIC) ?? '');
  return {
    ...deployment,
    motoEndpoint: endpoint,
    world,
    mailbox,
    topicArn: stack.physicalIds.get('AlarmTopic') ?? '',
    sentBySes: () => sentBySes(endpoint),
    tidegate: commandAt(proxy.endpoint, table),
  };
};

/** A bot token in Secrets Manager, and a sender that SES has verified. */
const putSender = async (endpoint: string): Promise<void> => {
  const secret = { Name: BOT_SECRET, SecretString: 'xoxb-e2e' };
  await json(
    endpoint,
    { service: 'secretsmanager', target: 'secretsmanager.CreateSecret' },
    secret,
  );
  await query(endpoint, SES, { Action: 'VerifyEmailIdentity', EmailAddress: HTML_SENDER });
};

const SES = { service: 'email', version: '2010-12-01' };

/** Count of mails that SES has sent. */
const sentBySes = async (endpoint: string): Promise<number> =>
  Number(textsOf(await query(endpoint, SES, { Action: 'GetSendQuota' }), 'SentLast24Hours')[0]);
