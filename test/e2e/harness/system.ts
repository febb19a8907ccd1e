import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { mailTopicId } from '#infrastructure/mail-topics.ts';
import { alarmsOf } from './alarms.ts';
import { type Clients, clientsAt } from './clients.ts';
import {
  BOT_SECRET,
  HTML_SENDER,
  WEBHOOK_PARAMETER,
  writeConfiguration,
} from './configuration-file.ts';
import { deploy, STACK } from './deploy.ts';
import {
  type EventSourceMapping,
  type FunctionName,
  readFunctions,
  takeOverMappings,
} from './deployed-functions.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { refreshOf } from './faults.ts';
import { fillGaps } from './fill-gaps.ts';
import { type LambdaFunction, startLambda } from './lambda.ts';
import { ledgerView } from './ledger-view.ts';
import { openMailbox } from './mailbox.ts';
import { startMoto } from './moto-server.ts';
import { type Poller, startPoller } from './poller.ts';
import { preparePython } from './python-environment.ts';
import { json, query, textsOf } from './raw-call.ts';
import { startSlack } from './slack-server.ts';
import { readStack } from './stack.ts';
import { commandAt } from './tidegate-command.ts';
import { prepareWorkDirectory } from './work-directory.ts';
import { createWorld } from './world.ts';

const MAIL_TOPIC = mailTopicId({ kind: 'email', name: 'mail', address: '' });

export type System = Awaited<ReturnType<typeof startSystem>>;

/** Something to end when the run is over, whatever became of it. */
export type Stops = (() => Promise<unknown> | unknown)[];

/**
 * An account with fleets, Tidegate deployed into it, and its functions at work. What is started is
 * entered into `stops` at once, so that nothing outlives the run.
 */
export const startSystem = async (stops: Stops, say: (line: string) => void) => {
  await prepareWorkDirectory();
  const venv = await preparePython();
  const moto = await startMoto(venv);
  stops.unshift(moto.stop);
  const proxy = await startFaultProxy(moto.endpoint);
  stops.unshift(proxy.stop);
  proxy.inject(refreshOf(''));
  const slack = await startSlack();
  stops.unshift(slack.stop);

  const clients = clientsAt(moto.endpoint);
  const world = await createWorld(moto.endpoint, clients);
  await putWebhook(clients, `${slack.origin}/services/T000/B000/e2e`);
  await putSender(moto.endpoint);
  say('deploying with npx serverless deploy');
  await deploy(moto.endpoint, await writeConfiguration(world, slack.origin));

  const stack = await readStack(moto.endpoint, STACK);
  const gaps = await fillGaps(clients, stack);
  const mailbox = await openMailbox(clients, stack.physicalIds.get(MAIL_TOPIC) ?? '');
  const mappings = await takeOverMappings(moto.endpoint);
  const deployed = await readFunctions(moto.endpoint, stack, venv);
  const lambdas = new Map(
    deployed.map((each) => [each.name, startLambda(each, proxy.endpoint)] as const),
  );
  for (const lambda of lambdas.values()) stops.unshift(lambda.stop);
  const pollers = pollersOf(clients, { mappings, lambdas, stops });

  return {
    clients,
    motoEndpoint: moto.endpoint,
    proxy,
    slack,
    world,
    stack,
    gaps,
    mailbox,
    mappings,
    lambdas,
    pollers,
    topicArn: stack.physicalIds.get('AlarmTopic') ?? '',
    sentBySes: () => sentBySes(moto.endpoint),
    tidegate: commandAt(proxy.endpoint, stack.physicalIds.get('Table') ?? ''),
    alarms: alarmsOf(clients),
    ledger: ledgerView(clients, stack.physicalIds.get('Table') ?? ''),
    table: stack.physicalIds.get('Table') ?? '',
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

const putWebhook = ({ ssm }: Clients, url: string): Promise<unknown> =>
  ssm.send(new PutParameterCommand({ Name: WEBHOOK_PARAMETER, Type: 'SecureString', Value: url }));

type Sources = Readonly<{
  mappings: readonly EventSourceMapping[];
  lambdas: ReadonlyMap<FunctionName, LambdaFunction>;
  stops: Stops;
}>;

const pollersOf = (
  { sqs }: Clients,
  { mappings, lambdas, stops }: Sources,
): ReadonlyMap<FunctionName, Poller> =>
  new Map(
    mappings.map((mapping) => {
      const lambda = lambdas.get(mapping.functionName);
      if (lambda === undefined) throw new Error(`no function ${mapping.functionName} is deployed`);
      const poller = startPoller({ sqs, mapping, lambda });
      stops.unshift(poller.stop);
      return [mapping.functionName, poller] as const;
    }),
  );
