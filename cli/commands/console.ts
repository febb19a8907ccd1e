import { InvalidArgumentError } from '@commander-js/extra-typings';
import { deployedSource } from '#cli/console/deployed-source.ts';
import { listedConsole } from '#cli/console/listed-console.ts';
import { configured, configuredAt, reachTable } from '#cli/deployment/find-deployment.ts';
import { readDeployments } from '#cli/deployments/read-deployments.ts';
import { severalDeploymentsCommand } from '#cli/deployments/several-deployments-command.ts';
import {
  refuseListAlone,
  refuseOthers,
  type SeveralOptions,
} from '#cli/deployments/several-options.ts';
import { sinceSaid } from '#cli/history/time-said.ts';
import { type Announce, perform, type Report } from '#cli/output/perform.ts';
import { textIn } from '#console/override/override-of.ts';
import { readPage } from '#console/serve/bundle.ts';
import {
  type ConsoleServer,
  type ConsoleSettings,
  startServer,
  startServerOfSeveral,
} from '#console/serve/server.ts';
import { createOverview } from '#console/source/overview.ts';
import type { Finish, Terminal } from '../terminal.ts';

/** `tidegate console`: serves one deployment, or all of a list, as live pages on this machine, until somebody ends it. */
export const consoleCommand = (terminal: Terminal, finish: Finish) =>
  severalDeploymentsCommand('console', [
    'tidegate console --stage prod --region eu-central-1',
    'tidegate console --stage prod --since 6h --port 8123',
    'tidegate console --all',
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

type Options = SeveralOptions &
  Readonly<{ since: string; port?: number | undefined; by?: string | undefined }>;

const portIn = (text: string): number => {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError('expected a port from 1 to 65535');
};

const TITLE = 'Tidegate';
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
  const shown = { options, lengthMs, user };
  refuseListAlone(options);
  const { address, close } = options.all
    ? await startAll(shown, terminal)
    : await startOne(shown, { terminal, announce });
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

type Shown = Readonly<{ options: Options; lengthMs: number; user: string }>;

const startOne = async (
  { options, lengthMs, user }: Shown,
  { terminal, announce }: Readonly<{ terminal: Terminal; announce: Announce }>,
): Promise<ConsoleServer> => {
  configured(options, terminal);
  const reached = await reachTable(options, terminal);
  const configuration = configuredAt(reached.place, options, terminal);
  announce(reached.place);
  const source = await deployedSource({ reached, configuration, lengthMs, user }, terminal);
  return startServer(source, await settingsOf(options));
};

const startAll = async (shown: Shown, terminal: Terminal): Promise<ConsoleServer> => {
  const { options } = shown;
  refuseOthers(options);
  const { file, deployments } = readDeployments(options.deployments, terminal);
  const all = deployments.map((listing) => listedConsole({ ...shown, listing, file }, terminal));
  const front = createOverview({
    title: TITLE,
    subtitle: `${all.length} ${all.length === 1 ? 'deployment' : 'deployments'} of ${file}`,
    now: terminal.now,
    deployments: all,
  });
  const pages = new Map(all.map(({ name, page }) => [name, page]));
  return startServerOfSeveral({ front, pages }, await settingsOf(options));
};

const settingsOf = async ({ port = 0 }: Options): Promise<ConsoleSettings> => ({
  title: TITLE,
  everyMs: EVERY_MS,
  assets: await readPage(),
  port,
});
