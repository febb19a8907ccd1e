import type { Delivery } from '#domain/notify/notice.ts';
import { codeOf, isUnreached } from './request-error.ts';

export type Fetch = typeof globalThis.fetch;

/** The answer of a webhook; `isAddressDoubtful` when the address itself may be the reason. */
export type WebhookAnswer = Readonly<{ delivery: Delivery; isAddressDoubtful: boolean }>;

const TIMEOUT_MS = 5_000;

type Headers = Readonly<Record<string, string>>;

/**
 * Posts JSON to a webhook, and never throws. Neither the address nor what it may be echoed in is
 * ever part of the answer.
 */
export const postWebhook =
  (fetch: Fetch, service: string, timeoutMs = TIMEOUT_MS) =>
  async (url: URL, body: string, headers: Headers = {}): Promise<WebhookAnswer> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
        body,
        // Followed nowhere, and seen as the 3xx that it is: nothing was delivered.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return await answerOf(response, service);
    } catch (thrown) {
      const detail = `${service} gave no answer: ${codeOf(thrown)}`;
      const kind = isUnreached(thrown) ? 'failed' : 'unclear';
      return { delivery: { kind, detail }, isAddressDoubtful: false };
    }
  };

const answerOf = async (response: Response, service: string): Promise<WebhookAnswer> => {
  const { status, ok } = response;
  if (ok) {
    await discard(response);
    return { delivery: { kind: 'sent' }, isAddressDoubtful: false };
  }

  const detail = `${service} answered ${[status, await reasonIn(response)].join(' ').trim()}`;
  return {
    delivery: { kind: kindOf(status), detail, ...restIn(response) },
    isAddressDoubtful: DOUBTFUL.includes(status),
  };
};

/** The webhook was revoked, its channel is gone or archived, or it may not post there. */
const DOUBTFUL = [403, 404, 410];

/** Statuses that stay however often it is tried: 400 is about the message itself. */
const kindOf = (status: number): 'refused' | 'broken' | 'failed' => {
  if (DOUBTFUL.includes(status)) return 'broken';
  return status === 400 ? 'refused' : 'failed';
};

const MAX_BYTES = 4_096;

/** A reason is one word. Anything else may be a page that repeats the address. */
const reasonIn = async (response: Response): Promise<string> => {
  const text = await textIn(response);
  return /^[a-z_]{1,60}$/.test(text) ? text : '';
};

/** The start of the body; a body that breaks off changes nothing about the status. */
export const textIn = async ({ body }: Response, max = MAX_BYTES): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size >= max) break;
    }
  } catch {
    return '';
  }

  return Buffer.concat(chunks).toString('utf8').slice(0, max).trim();
};

const discard = async ({ body }: Response): Promise<void> => {
  await body?.cancel().catch(() => undefined);
};

/** All of them give their `Retry-After` in seconds. */
export const restIn = ({ headers }: Response): { afterSeconds?: number } => {
  const seconds = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(seconds) ? { afterSeconds: Math.max(1, Number(seconds)) } : {};
};
