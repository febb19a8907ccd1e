import { createHash, createHmac } from 'node:crypto';

export type Credentials = Readonly<{ keyId: string; secret: string; token?: string }>;

/** A request to AWS; header names are in lower case, and `host` is one of them. */
export type Unsigned = Readonly<{
  method: string;
  path: string;
  query: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}>;

export type Scope = Readonly<{ region: string; service: string; at: Date }>;

/**
 * The headers that sign a request, version 4: the SDK would not fit into user data
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html).
 */
export const signed = (
  { method, path, query, headers, body }: Unsigned,
  { region, service, at }: Scope,
  { keyId, secret, token }: Credentials,
): Readonly<Record<string, string>> => {
  const time = at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const day = time.slice(0, 8);
  const all: Record<string, string> = {
    ...headers,
    'x-amz-date': time,
    ...(token === undefined ? {} : { 'x-amz-security-token': token }),
  };
  const names = Object.keys(all).sort();
  const list = names.join(';');
  const lines = names.map((name) => `${name}:${all[name]?.trim()}\n`).join('');
  const canonical = [method, path, query, lines, list, hash(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, hash(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce(
    (before: Buffer, part) => mac(before, part),
    mac(`AWS4${secret}`, day),
  );
  const signature = mac(key, text).toString('hex');
  return {
    ...all,
    authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${list}, Signature=${signature}`,
  };
};

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const mac = (key: Buffer | string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
