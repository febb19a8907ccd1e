import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { repeat } from '../repeat.ts';
import { chooseTarget } from './choose-target.ts';
import { countRequests, type Period } from './period-counts.ts';
import { afterCheck, REGISTERED, type TargetHealth } from './target-health.ts';

/** The load balancer learns of targets by these. */
export type Targets = Readonly<{
  /** The ids that are registered in the target group now. */
  registered: () => Promise<readonly string[]>;
  /** The port on loopback at which an instance listens; nothing while it boots. */
  portOf: (id: string) => number | undefined;
  /** Hears that the targets could not be read. */
  fail: (thrown: unknown) => void;
}>;

export type Balancer = Readonly<{
  port: number;
  /** Each registered target with its health. */
  healthOf: () => ReadonlyMap<string, TargetHealth>;
  inFlight: (id: string) => number;
  takePeriod: () => Period;
  /** Each request that was sent on: when, and to whom. */
  sent: readonly Readonly<{ at: number; id: string }>[];
  stop: () => Promise<void>;
}>;

/** As taught, in small units: a check each two seconds, two to be healthy, three to be unhealthy. */
const CHECK_MS = 2_000;
const CHECK_TIMEOUT_MS = 1_000;
const COUNTS = { healthyAfter: 2, unhealthyAfter: 3 };
const REGISTRATION_MS = 1_000;
/** A target that does not answer for so long is given up: 504. */
const IDLE_TIMEOUT_MS = 5_000;

type Tracked = { health: TargetHealth; inFlight: number };

/** A reverse proxy on loopback that takes its targets from a target group and checks their health over HTTP. */
export const startBalancer = async (targets: Targets): Promise<Balancer> => {
  const tracked = new Map<string, Tracked>();
  const counts = countRequests();
  const sent: { at: number; id: string }[] = [];
  const agent = new Agent({ keepAlive: true });
  let turn = 0;

  const register = async (): Promise<void> => {
    const ids = await targets.registered();
    for (const id of tracked.keys()) if (!ids.includes(id)) tracked.delete(id);
    for (const id of ids) {
      if (!tracked.has(id)) tracked.set(id, { health: REGISTERED, inFlight: 0 });
    }
  };
  const check = async (): Promise<void> => {
    await Promise.all(
      [...tracked].map(async ([id, target]) => {
        const isPassed = await passesCheck(targets.portOf(id));
        target.health = afterCheck(target.health, isPassed, COUNTS);
      }),
    );
  };
  const choose = (): string | undefined => {
    turn += 1;
    const choices = [...tracked].map(([id, { health, inFlight }]) => ({
      id,
      state: health.state,
      inFlight,
    }));
    return chooseTarget(choices, turn);
  };
  const server = createServer((incoming, response) => {
    const id = choose();
    const started = performance.now();
    const target = id === undefined ? undefined : tracked.get(id);
    if (id === undefined || target === undefined) {
      counts.add({ status: 503, ms: 0, isFromTarget: false });
      refuse(response, 503);
      return;
    }
    sent.push({ at: Date.now(), id });
    target.inFlight += 1;
    forward({ incoming, response, agent, port: targets.portOf(id) }, (status, isFromTarget) => {
      target.inFlight -= 1;
      counts.add({ status, ms: performance.now() - started, isFromTarget });
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await register();
  const stopLoops = [
    repeat(register, REGISTRATION_MS, targets.fail),
    repeat(check, CHECK_MS, targets.fail),
  ];

  return {
    port: (server.address() as AddressInfo).port,
    healthOf: () => new Map([...tracked].map(([id, { health }]) => [id, health])),
    inFlight: (id) => tracked.get(id)?.inFlight ?? 0,
    takePeriod: counts.take,
    sent,
    stop: async () => {
      for (const stop of stopLoops) stop();
      server.closeAllConnections();
      server.close();
      agent.destroy();
      await once(server, 'close');
    },
  };
};

const passesCheck = async (port: number | undefined): Promise<boolean> => {
  if (port === undefined) return false;
  try {
    const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
    const response = await fetch(`http://127.0.0.1:${port}/health`, { signal });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
};

const refuse = (response: ServerResponse, status: number): void => {
  if (response.headersSent) response.destroy();
  else response.writeHead(status).end();
};

type Hop = Readonly<{
  incoming: IncomingMessage;
  response: ServerResponse;
  agent: Agent;
  port: number | undefined;
}>;

/** Sends a request on; 502 when the target refuses or breaks off, 504 when it does not answer. */
const forward = (
  { incoming, response, agent, port }: Hop,
  ended: (status: number, isFromTarget: boolean) => void,
): void => {
  let isEnded = false;
  const end = (status: number, isFromTarget: boolean): void => {
    if (isEnded) return;
    isEnded = true;
    ended(status, isFromTarget);
    if (!isFromTarget) refuse(response, status);
  };
  if (port === undefined) {
    end(502, false);
    return;
  }
  const { method, url, headers } = incoming;
  const outgoing = request({ host: '127.0.0.1', port, method, path: url, headers, agent });
  outgoing.setTimeout(IDLE_TIMEOUT_MS, () => {
    end(504, false);
    outgoing.destroy();
  });
  outgoing.once('error', () => end(502, false));
  outgoing.once('response', (answer) => {
    const status = answer.statusCode ?? 502;
    response.writeHead(status, answer.headers);
    answer.pipe(response);
    answer.once('end', () => end(status, true));
    answer.once('error', () => end(502, false));
  });
  incoming.pipe(outgoing);
};
