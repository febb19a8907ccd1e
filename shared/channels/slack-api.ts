import type { Delivery } from '../domain/notice.ts';
import { codeOf, isUnreached } from './fault.ts';
import { type Fetch, restIn, textIn } from './post-webhook.ts';

/** What Slack's Web API answers: what it did, or why not, in its own word and in ours. */
export type SlackAnswer =
  | Readonly<{ kind: 'ok'; ts: string; fileId?: string; uploadUrl?: string }>
  | Readonly<{ kind: 'refused'; error: string; delivery: Delivery }>;

type Access = Readonly<{ origin: string; token: string }>;

/** What adorns a message must leave the function its time. */
const timeoutMs = (method: string): number => (method === 'chat.postMessage' ? 5_000 : 2_000);
/** Slack repeats the message in its answer. */
const MAX_BYTES = 256 * 1_024;

/** Calls methods of Slack's Web API, and never throws. The token is never part of the answer. */
export const callSlack = (fetch: Fetch, { origin, token }: Access) => {
  const call = async (method: string, input: object): Promise<SlackAnswer> => {
    const isForm = method === 'files.getUploadURLExternal';
    try {
      const response = await fetch(new URL(`/api/${method}`, origin), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': isForm ? FORM : 'application/json; charset=utf-8',
        },
        body: isForm ? formOf(input) : JSON.stringify(input),
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs(method)),
      });
      return await answerOf(response, method);
    } catch (thrown) {
      const detail = `Slack gave no answer to ${method}: ${codeOf(thrown)}`;
      return refused('', { kind: isUnreached(thrown) ? 'failed' : 'unclear', detail });
    }
  };

  return Object.assign(call, { upload: upload(fetch, origin) });
};

const FORM = 'application/x-www-form-urlencoded';

const formOf = (input: object): string =>
  new URLSearchParams(
    Object.entries(input).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();

/** Slack hands out an address for each file: of its own, or of where its API is. */
const upload =
  (fetch: Fetch, origin: string) =>
  async (address: string, bytes: Uint8Array): Promise<boolean> => {
    try {
      const url = new URL(address);
      if (url.origin !== origin && !FILE_ORIGINS.includes(url.origin)) return false;
      const { ok } = await fetch(url, {
        ...{ method: 'POST', body: Buffer.from(bytes), redirect: 'manual' },
        headers: { 'content-type': 'application/octet-stream' },
        signal: AbortSignal.timeout(timeoutMs('upload')),
      });
      return ok;
    } catch {
      return false;
    }
  };

const FILE_ORIGINS = ['https://files.slack.com', 'https://files.slack-gov.com'];

const answerOf = async (response: Response, method: string): Promise<SlackAnswer> => {
  const { status, ok } = response;
  const content = contentOf(await textIn(response, MAX_BYTES));
  if (ok && content.ok === true) return done(content);

  const error = wordIn(content.error);
  const detail = `Slack answered ${[status, error].join(' ').trim()} to ${method}`;
  if (!ok || PASSING.includes(error)) {
    return refused(error, { kind: 'failed', detail, ...restIn(response) });
  }
  return refused(error, { kind: kindOf(error), detail });
};

type Content = Readonly<Record<string, unknown>>;

const done = ({ ts, file_id: fileId, upload_url: uploadUrl }: Content): SlackAnswer => ({
  ...{ kind: 'ok', ts: typeof ts === 'string' ? ts : '' },
  ...(typeof fileId === 'string' ? { fileId } : {}),
  ...(typeof uploadUrl === 'string' ? { uploadUrl } : {}),
});

/** A reason is one word. Anything else may repeat what it was sent. */
const wordIn = (error: unknown): string =>
  typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : '';

/** Slack says itself that a fatal error may have come half-way. */
const kindOf = (error: string): 'unclear' | 'broken' | 'refused' => {
  if (error === 'fatal_error' || error === '') return 'unclear';
  return BREAKING.includes(error) ? 'broken' : 'refused';
};

const refused = (error: string, delivery: Delivery): SlackAnswer => ({
  ...{ kind: 'refused', error, delivery },
});

const contentOf = (text: string): Content => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

/** What passes by itself: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const PASSING = [
  ...['ratelimited', 'rate_limited', 'internal_error', 'service_unavailable', 'request_timeout'],
  ...['team_added_to_org', 'message_limit_exceeded'],
];

/** What a person must mend: the token, its rights, or the channel. */
const BREAKING = [
  ...['invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'account_inactive'],
  ...['channel_not_found', 'is_archived', 'not_in_channel', 'missing_scope', 'access_denied'],
  ...['no_permission', 'restricted_action', 'org_login_required', 'ekm_access_denied'],
  ...['team_access_not_granted', 'accesslimited', 'two_factor_setup_required'],
];
