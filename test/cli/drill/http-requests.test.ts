import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { requestsTo } from '#cli/drill/load/http-requests.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Requests to a server on this machine, and what it saw of them. */
const aTarget = async (listener: RequestListener) => {
  const seen: { agent: string | undefined; socket: number | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ agent: request.headers['user-agent'], socket: request.socket.remotePort });
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const requests = requestsTo(new URL(`http://127.0.0.1:${port}/`), 'tidegate-drill/1');
  stops.push(() => {
    requests.close();
    server.closeAllConnections();
    server.close();
  });
  return { requests, seen, server };
};

test('an answer is read to its end, and its connection is used again', async () => {
  const { requests, seen } = await aTarget((_request, response) => response.end('well'));
  const answers = [await requests.send(), await requests.send()];

  expect(answers).toEqual([{ result: '200' }, { result: '200' }]);
  expect(new Set(seen.map(({ socket }) => socket)).size).toBe(1);
  expect(seen[0]?.agent).toBe('tidegate-drill/1');
});

test('a redirect is told and not followed', async () => {
  const { requests, seen } = await aTarget((_request, response) =>
    response.writeHead(301, { location: 'https://www.example.com/' }).end(),
  );

  expect(await requests.send()).toEqual({ result: '301', location: 'https://www.example.com/' });
  expect(seen).toHaveLength(1);
});

test('an answer that is too long is left after a megabyte', async () => {
  const { requests } = await aTarget((_request, response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    };
    response.on('drain', more);
    more();
  });

  expect(await requests.send()).toEqual({ result: '200' });
});

test('an answer that breaks off has failed', async () => {
  const { requests } = await aTarget((_request, response) => {
    response.writeHead(200, { 'content-length': '10' });
    response.write('half', () => response.destroy());
  });

  expect(await requests.send()).toEqual({ result: 'the answer broke off' });
});

test('a connection that the server closes without an answer has failed, the first time', async () => {
  const { requests, seen } = await aTarget((request) => request.socket.destroy());

  expect(await requests.send()).toMatchObject({ result: 'ECONNRESET' });
  expect(seen).toHaveLength(1);
});

test('a connection that was closed while it was idle is replaced, and nobody failed', async () => {
  let count = 0;
  const { requests, seen } = await aTarget((request, response) => {
    count += 1;
    if (count === 2) request.socket.destroy();
    else response.end('well');
  });
  const answers = [await requests.send(), await requests.send()];

  expect(answers).toMatchObject([{ result: '200' }, { result: '200' }]);
  expect(seen).toHaveLength(3);
});

test('a port on which nobody listens is told by the word of the system', async () => {
  const { requests, server } = await aTarget((_request, response) => response.end());
  server.close();
  await once(server, 'close');

  expect(await requests.send()).toMatchObject({ result: 'ECONNREFUSED' });
});

test('nobody waits for an answer once the requests are closed', async () => {
  const { requests } = await aTarget(() => {});
  const answer = requests.send();
  setTimeout(() => requests.close(), 20);

  expect(await answer).toHaveProperty('result');
});
