import { InvalidArgumentError } from '@commander-js/extra-typings';
import { deployedSource } from '#cli/console/deployed-source.ts';
import { deploymentCommand } from '#cli/deployment/deployment-command.ts';
import {
  configured,
  configuredAt,
  type DeploymentOptions,
  reachTable,
} from '#cli/deployment/find-deployment.ts';
import { sinceSaid } from '#cli/history/time-said.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import { textIn } from '#console/override/override-of.ts';
import { readPage } from '#console/serve/bundle.ts';
import { startServer } from '#console/serve/server.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate console`: the deployment as a live page on this machine, until the person ends it. */
export const consoleCommand = (terminal: Terminal, finish: Finish) =>
  deploymentCommand('console', [
    'tidegate console --stage prod --region eu-central-1',
    'tidegate console --stage prod --since 6h --port 8123',
  ])
    .option(
      '--since <when>',
      'the begin of the time line: how long ago, such as 6h, or a time',
      '24h',
    )
    .option('--port <number>', 'the port on 127.0.0.1 (default: any that is free)', portIn)
    .option('--by <name>', 'your name (default: the name of the user on this machine)')
    .action((options) =>
      perform(terminal, finish)({ command: 'console', ...options }, (announce) =>
        serve(options, { terminal, announce }),
      ),
    );

type Options = DeploymentOptions &
  Readonly<{ since: string; port?: number | undefined; by?: string | undefined }>;

const portIn = (text: string): number => {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('expected a port from 1 to 65535');
};

/** The page looks again after so long, as `status --watch` does. */
const EVERY_MS = 10_000;
/** Nothing happens here until the person ends it; a wait is as good as another. */
const WAIT_SECONDS = 3_600;

const serve = async (
  options: Options,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<Report> => {
  const lengthMs = terminal.now() - sinceSaid(options.since, terminal.now());
  const user = options.by === undefined ? terminal.user : textIn('--by', options.by);
  configured(options, terminal);
  const reached = await reachTable(options, terminal);
  const configuration = configuredAt(reached.place, options, terminal);
  announce(reached.place);

  const source = await deployedSource({ reached, configuration, lengthMs, user }, terminal);
  const { address, close } = await startServer(source, {
    title: 'Tidegate',
    everyMs: EVERY_MS,
    assets: await readPage(),
    port: options.port ?? 0,
  });
  terminal.stderr.write(
    `open this address; it answers on this machine alone, until Ctrl-C:\n\n  ${address}\n\n`,
  );
  try {
    while (await terminal.wait(WAIT_SECONDS));
  } finally {
    await close();
  }
  return { text: 'the console has ended', data: { address } };
};
