import type { Delivery } from '#domain/notify/notice.ts';
import { type Fetch, restIn, textIn } from './post-webhook.ts';
import { codeOf, isUnreached } from './request-error.ts';

/** An answer of Slack's Web API: done, or refused with a reason in its own word and in ours. */
export type SlackAnswer =
  | Readonly<{
      kind: 'ok';
      ts: string;
      /** The thread that it is in; empty when it is in none, undefined when Slack does not say. */
      thread: string | undefined;
      fileId?: string;
      uploadUrl?: string;
    }>
  | Readonly<{ kind: 'refused'; error: string; delivery: Delivery }>;

type Access = Readonly<{ origin: string; token: string }>;

/** Time limit of calls that only adorn a message: the function needs the rest. */
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
        method: 'POST',
        body: Buffer.from(bytes),
        redirect: 'manual',
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

type SlackBody = Readonly<Record<string, unknown>>;

const done = ({ ts, message, file_id: fileId, upload_url: uploadUrl }: SlackBody): SlackAnswer => ({
  kind: 'ok',
  ts: typeof ts === 'string' ? ts : '',
  thread: threadIn(message),
  ...(typeof fileId === 'string' ? { fileId } : {}),
  ...(typeof uploadUrl === 'string' ? { uploadUrl } : {}),
});

/** The thread in which the message really stands: Slack posts to the channel what answers a thread that is gone. */
const threadIn = (message: unknown): string | undefined => {
  if (typeof message !== 'object' || message === null) return undefined;
  const thread: unknown = Reflect.get(message, 'thread_ts');
  return typeof thread === 'string' ? thread : '';
};

/** A reason is one word. Anything else may repeat what it was sent. */
const wordIn = (error: unknown): string =>
  typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : '';

/** Slack says itself that these may have come half-way. */
const HALF_WAY = ['', 'fatal_error', 'internal_error'];

/** Errors that are not about the message are about the token or the channel, and a person must fix that. */
const kindOf = (error: string): 'unclear' | 'broken' | 'refused' => {
  if (HALF_WAY.includes(error)) return 'unclear';
  return ABOUT_THE_MESSAGE.test(error) || isThreadGone(error) ? 'refused' : 'broken';
};

const ABOUT_THE_MESSAGE =
  /^(invalid_(blocks|arguments|arg_name|array_arg|metadata|form_data|charset|json|post_type)|msg_|no_text|too_many_|metadata_|duplicate_message|markdown_|attachment_|slack_connect_|cant_|edit_window|message_not_found)/;

/** Somebody has deleted the thread, closed it, or it was never one of this channel. */
export const isThreadGone = (error: string): boolean => GONE.includes(error);

const GONE = [
  ...['thread_not_found', 'message_not_found', 'cannot_reply_to_message', 'invalid_thread_ts'],
  'restricted_action_thread_locked',
];

const refused = (error: string, delivery: Delivery): SlackAnswer => ({
  kind: 'refused',
  error,
  delivery,
});

const contentOf = (text: string): SlackBody => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};

/** Errors that pass by themselves: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const PASSING = [
  ...['ratelimited', 'rate_limited', 'service_unavailable', 'request_timeout'],
  ...['team_added_to_org', 'message_limit_exceeded'],
];
