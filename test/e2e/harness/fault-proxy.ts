import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Call, callOf } from './call.ts';

export type Answer = Readonly<{ status: number; headers: Record<string, string>; body: string }>;

/** Asks the emulator, with the request's body or another one. */
export type Forward = (body?: string) => Promise<Answer>;

/** The fate of chosen calls; `drop` closes the connection without an answer. */
export type Fault = Readonly<{
  on: (call: Call) => boolean;
  /** Count of calls that it meets; all of them when absent. */
  times?: number;
  answer: (call: Call, forward: Forward) => Promise<Answer | 'drop'>;
}>;

export type FaultProxy = Readonly<{
  endpoint: string;
  /** Every call that went through, in order. */
  calls: readonly Call[];
  /** Adds a fault before the others; the returned function takes it away. */
  inject: (fault: Fault) => () => void;
  stop: () => Promise<void>;
}>;

/** Stands between the deployed functions and the emulator, and does what moto cannot. */
export const startFaultProxy = async (emulator: string): Promise<FaultProxy> => {
  const calls: Call[] = [];
  const active: { fault: Fault; left: number }[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const call = callOf(request, body);
    calls.push(call);
    const forward: Forward = (text) => ask(emulator, request, text ?? body);
    send(response, await answerOf(active, call, forward));
  };
  const server = createServer((request, response) => {
    respond(request, response).catch(() => send(response, 'drop'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    inject: (fault) => {
      const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
      active.unshift(entry);
      return () => active.splice(0, active.length, ...active.filter((each) => each !== entry));
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

const answerOf = async (
  active: { fault: Fault; left: number }[],
  call: Call,
  forward: Forward,
): Promise<Answer | 'drop'> => {
  const entry = active.find(({ fault, left }) => left > 0 && fault.on(call));
  if (entry === undefined) return forward();
  entry.left -= 1;
  return entry.fault.answer(call, forward);
};

const ask = async (
  emulator: string,
  { headers, method = 'POST', url = '/' }: IncomingMessage,
  body: Buffer | string,
): Promise<Answer> => {
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    HOP_HEADERS.includes(name) || value === undefined ? [] : [[name, String(value)] as const],
  );
  const response = await fetch(new URL(url, emulator), {
    method,
    headers: Object.fromEntries(kept),
    ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
  });
  const answered = [...response.headers].filter(([name]) => !HOP_HEADERS.includes(name));
  const text = await response.text();
  return { status: response.status, headers: Object.fromEntries(answered), body: text };
};

/** These belong to one connection, or change with a rewritten body. */
const HOP_HEADERS = [
  'host',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'content-encoding',
  'expect',
];

const send = (response: ServerResponse, answer: Answer | 'drop'): void => {
  if (answer === 'drop') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(answer.status, answer.headers).end(answer.body);
};
