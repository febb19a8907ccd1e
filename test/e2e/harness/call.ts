import type { IncomingMessage } from 'node:http';

/** One call of an AWS API, as the wire shows it. */
export type Call = Readonly<{
  /** The access key id: each deployed function has its own in this test. */
  caller: string;
  /** The signing name of the service, such as `autoscaling`. */
  service: string;
  action: string;
  input: Readonly<Record<string, unknown>>;
  at: number;
}>;

/** Reads service, action and input from a request of the JSON or the query protocol. */
export const callOf = ({ headers, url }: IncomingMessage, body: Buffer): Call => {
  const scope = /Credential=([^/]*)\/\d+\/[^/]*\/([^/]*)\//.exec(headers.authorization ?? '');
  const target = String(headers['x-amz-target'] ?? '');
  const text = body.toString();
  const form = target === '' ? new URLSearchParams(text) : undefined;
  const operation = /\/operation\/(\w+)/.exec(url ?? '')?.[1];

  return {
    caller: scope?.[1] ?? '',
    service: scope?.[2] ?? '',
    action: form?.get('Action') ?? operation ?? target.split('.').at(-1) ?? '',
    input: form ? Object.fromEntries(form) : jsonOf(text),
    at: Date.now(),
  };
};

const jsonOf = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};
