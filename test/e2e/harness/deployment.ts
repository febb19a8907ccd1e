import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { alarmsOf } from './alarms.ts';
import { type Clients, clientsAt } from './clients.ts';
import { WEBHOOK_PARAMETER } from './configuration-file.ts';
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
import { startMoto } from './moto-server.ts';
import { type Poller, startPoller } from './poller.ts';
import { preparePython } from './python-environment.ts';
import { startSlack } from './slack-server.ts';
import { readStack } from './stack.ts';
import { prepareWorkDirectory } from './work-directory.ts';

/** Something to end when the run is over, whatever became of it. */
export type Stops = (() => Promise<unknown> | unknown)[];

/** An emulated account without anything of Tidegate in it. */
export type Account = Readonly<{ clients: Clients; endpoint: string; slackOrigin: string }>;

export type Deployment = Awaited<ReturnType<typeof startDeployment>>;

/**
 * An emulated account, Tidegate deployed into it, and its functions at work. `prepare` fills the account and answers the
 * path of the tidegate.yml to deploy. What is started is entered into `stops` at once, so that nothing outlives the run.
 */
export const startDeployment = async (
  stops: Stops,
  say: (line: string) => void,
  prepare: (account: Account) => Promise<string>,
) => {
  await prepareWorkDirectory();
  const venv = await preparePython();
  const moto = await startMoto(venv);
  stops.unshift(moto.stop);
  const proxy = await startFaultProxy(moto.endpoint);
  stops.unshift(proxy.stop);
  proxy.inject(refreshOf(''));
  const slack = await startSlack();
  stops.unshift(slack.stop);

  const { endpoint } = moto;
  const clients = clientsAt(endpoint);
  const putWebhook = (): Promise<unknown> => keepWebhook(clients, slack.origin);
  await putWebhook();
  const configuration = await prepare({ clients, endpoint, slackOrigin: slack.origin });
  say('deploying with npx serverless deploy');
  await deploy(endpoint, configuration);

  const stack = await readStack(endpoint, STACK);
  const gaps = await fillGaps(clients, stack);
  const mappings = await takeOverMappings(endpoint);
  const deployed = await readFunctions(endpoint, stack, venv);
  const lambdas = new Map(
    deployed.map((each) => [each.name, startLambda(each, proxy.endpoint)] as const),
  );
  for (const lambda of lambdas.values()) stops.unshift(lambda.stop);
  const pollers = pollersOf(clients, { mappings, lambdas, stops });
  const table = stack.physicalIds.get('Table') ?? '';

  return {
    clients,
    endpoint,
    proxy,
    slack,
    stack,
    gaps,
    mappings,
    lambdas,
    pollers,
    table,
    alarms: alarmsOf(clients),
    ledger: ledgerView(clients, table),
    putWebhook,
  };
};

/** Keeps the address of the channel where Tidegate reads it. */
const keepWebhook = ({ ssm }: Clients, origin: string): Promise<unknown> =>
  ssm.send(
    new PutParameterCommand({
      Name: WEBHOOK_PARAMETER,
      Type: 'SecureString',
      Value: `${origin}/services/T000/B000/e2e`,
    }),
  );

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
