import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Health, judgeHealth, type Phase, reach, readinessOf } from './health.ts';
import { cookieOf, sessionIn } from './session.ts';
import type { Settings } from './settings.ts';
import { perform, workIn } from './work.ts';

/** Longer than the load balancer keeps a connection (60 s): it must be the one that closes. */
const KEEP_ALIVE_MS = 65_000;
/** A target that has been deregistered gets no more requests; so long without one means that it has been. */
const QUIET_MS = 1_000;

/** Hears of requests as they come and go. */
export type Counter = Readonly<{ came: (now: number) => void; went: (now: number) => void }>;

const NOBODY: Counter = { came: () => undefined, went: () => undefined };

/** The application: `start` it, and `stop` it within the deregistration delay. */
export const applicationOf = (settings: Settings, counter = NOBODY) => {
  let phase: Phase = 'starting';
  let working = 0;
  let lastAt = performance.now();

  const healthOf = async (): Promise<Health> =>
    judgeHealth(phase, await Promise.all(settings.critical.map((each) => reach(each))));

  const work = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    lastAt = performance.now();
    // A request that is refused is demand, too.
    counter.came(lastAt);
    response.once('close', () => counter.went(performance.now()));
    if (working >= settings.concurrency) {
      answer(response, 503, { error: `${working} requests are worked on already` });
      return;
    }
    working += 1;
    try {
      await perform(workIn(url.searchParams, settings.workMs));
    } finally {
      working -= 1;
      lastAt = performance.now();
    }
    const { visits } = sessionIn(request.headers.cookie, settings.sessionKey);
    const session = { visits: visits + 1 };
    response.setHeader('set-cookie', cookieOf(session, settings.sessionKey));
    answer(response, 200, { path: url.pathname, ...session });
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://application');
    // The client is asked to close, so that nothing hangs on a server that ends.
    if (phase === 'draining') response.setHeader('connection', 'close');
    if (url.pathname === '/live') answer(response, 200, { alive: true });
    else if (url.pathname === '/ready') tell(response, readinessOf(phase));
    else if (url.pathname === '/health') tell(response, await healthOf());
    else await work(request, response, url);
  };

  const server = createServer((request, response) => {
    route(request, response).catch((thrown: unknown) => {
      if (response.headersSent) response.destroy();
      else answer(response, 500, { error: thrown instanceof Error ? thrown.name : 'unknown' });
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 1_000;

  const isQuiet = (): boolean => working === 0 && performance.now() - lastAt >= QUIET_MS;

  return {
    /** Listens, and answers the port. */
    start: async (): Promise<number> => {
      server.listen(settings.port, settings.host);
      await once(server, 'listening');
      phase = 'serving';
      return (server.address() as AddressInfo).port;
    },
    /** Fails health checks, answers what still comes until nothing does, and ends within the drain time. */
    stop: async (): Promise<void> => {
      phase = 'draining';
      const end = performance.now() + settings.drainMs;
      while (!isQuiet() && performance.now() < end) await sleep(20);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

const tell = (response: ServerResponse, health: Health): void =>
  answer(response, health.healthy ? 200 : 503, health);

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
};
