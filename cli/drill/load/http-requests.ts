import { type ClientRequest, Agent as HttpAgent, get as httpGet } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';
import { SECOND_MS } from '#domain/time/instant.ts';
import { ANSWER_SECONDS, LOAD_CEILINGS } from './ceilings.ts';

/** The answer to a request: its status and where it leads, or the reason why there was none. */
export type Answered = Readonly<{ result: string; location?: string }>;

/** The way to send requests to one address. */
export type Requests = Readonly<{
  /** Sends one request and reads its answer to the end; it never throws. */
  send: () => Promise<Answered>;
  /** Ends all connections; what is under way then has no answer. */
  close: () => void;
}>;

/** The text of an answer is thrown away; beyond this many bytes it is not even read. */
const MOST_BYTES = 1_048_576;

/**
 * Sends GET requests to one address over connections that are kept open. `name` stands in the header User-Agent, so that
 * access logs tell the drill from people. Redirects are not followed.
 */
export const requestsTo = (target: URL, name: string): Requests => {
  const settings = {
    keepAlive: true,
    maxSockets: LOAD_CEILINGS.connections,
    maxFreeSockets: LOAD_CEILINGS.connections,
  };
  const isSecure = target.protocol === 'https:';
  const agent = isSecure ? new HttpsAgent(settings) : new HttpAgent(settings);
  const options = { agent, headers: { 'user-agent': name, accept: '*/*' } };
  const ask = (): ClientRequest => (isSecure ? httpsGet : httpGet)(target, options);
  return {
    send: async () => {
      const first = await answerTo(ask());
      // The server closed a connection that was idle just as it was used again: it never saw the request.
      return first.isStale === true ? answerTo(ask()) : first;
    },
    close: () => agent.destroy(),
  };
};

const answerTo = (request: ClientRequest): Promise<Answered & Readonly<{ isStale?: boolean }>> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ result: `no answer within ${ANSWER_SECONDS} s` });
      request.destroy();
    }, ANSWER_SECONDS * SECOND_MS);
    request.once('close', () => clearTimeout(timer));
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && error.code === 'ECONNRESET';
      resolve({ result: error.code ?? error.message, isStale });
    });
    request.once('response', (response) => {
      const { statusCode = 0, headers } = response;
      const answer = {
        result: String(statusCode),
        ...(headers.location === undefined ? {} : { location: headers.location }),
      };
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MOST_BYTES) return;
        resolve(answer);
        request.destroy();
      });
      response.once('end', () => resolve(answer));
      response.once('error', () => resolve({ result: 'the answer broke off' }));
    });
  });
