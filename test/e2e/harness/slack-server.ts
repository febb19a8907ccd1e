import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type SlackAnswer = Readonly<{
  status: number;
  body: string;
  headers?: Readonly<Record<string, string>>;
}>;
export type Post = Readonly<{ path: string; body: string; status: number; at: number }>;

export type SlackServer = Readonly<{
  origin: string;
  /** Every request, in order, with how it was answered. */
  posts: readonly Post[];
  /** Answers differently as long as the function gives an answer; returns how to end that. */
  answerWith: (answer: (body: string) => SlackAnswer | undefined) => () => void;
  stop: () => Promise<void>;
}>;

const OK: SlackAnswer = { status: 200, body: 'ok' };

/** Answers of the Web API; each message has a number of its own. */
const apiAnswer = (path: string, origin: string, number: number): SlackAnswer => ({
  status: 200,
  body: JSON.stringify({
    ok: true,
    ts: `1700000000.${String(number).padStart(6, '0')}`,
    ...(path.endsWith('getUploadURLExternal')
      ? { upload_url: `${origin}/upload`, file_id: 'F1' }
      : {}),
  }),
});

/** Stands in for Slack's incoming webhooks and its Web API. */
export const startSlack = async (): Promise<SlackServer> => {
  const posts: Post[] = [];
  let special: ((body: string) => SlackAnswer | undefined) | undefined;
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const path = request.url ?? '';
    const usual = path.startsWith('/api/')
      ? apiAnswer(path, `http://${request.headers.host}`, posts.length)
      : OK;
    const answer = special?.(body) ?? usual;
    posts.push({ path, body, status: answer.status, at: Date.now() });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    answerWith: (answer) => {
      special = answer;
      return () => {
        special = undefined;
      };
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
