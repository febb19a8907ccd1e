import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The behaviour of the service: it applies a request and hangs up, or refuses it with an error code. */
export type Turn = 'hangs up' | Readonly<{ refuses: string; status?: number }>;

/**
 * Stands in for Auto Scaling and Elastic Load Balancing below the SDK, on loopback: it takes one turn for each
 * request, the last one again and again, and keeps the actions that were asked for.
 */
export const aServiceThat = async (...turns: readonly [Turn, ...Turn[]]) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.once('end', () => {
      const turn = turns[Math.min(asked.length, turns.length - 1)] as Turn;
      asked.push(new URLSearchParams(body).get('Action') ?? body);
      if (turn === 'hangs up') request.socket.destroy();
      else refuse(response, turn);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    /** The options by which a client finds it. */
    found: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    },
    asked,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

const refuse = (
  response: ServerResponse,
  { refuses, status = 400 }: Exclude<Turn, 'hangs up'>,
): void => {
  response.writeHead(status, { 'content-type': 'text/xml' });
  const error = `<Error><Type>Sender</Type><Code>${refuses}</Code><Message>no</Message></Error>`;
  response.end(`<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`);
};
