import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The answer of the server to one request; it may also never answer. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export const answer =
  (status: number, body = '', headers: Readonly<Record<string, string>> = {}): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(body);
  };

export const accept = answer(200, 'ok');
export const hang: Answer = () => {};
export const hangUp: Answer = (request) => request.socket.destroy();

/** A secret path: it must turn up in no error, log or message. */
export const CANARY = 'T0000/B0000/canary-7f3a9c';

/**
 * A server on this machine that answers as Slack's webhooks do: with the given answers in turn, then
 * with `ok`. It keeps what it was sent.
 */
export const startSlack = async (...answers: Answer[]) => {
  const requests: { method?: string; path?: string; type?: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method, url, headers } = request;
      requests.push({ method, path: url, type: headers['content-type'], body } as never);
      (answers.shift() ?? accept)(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    requests,
    origin,
    url: new URL(`${origin}/services/${CANARY}`),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
};
