import { REGION } from './clients.ts';

/**
 * Calls of services whose SDK client is no dependency of the project. An emulator checks no
 * signature; it only reads from it which service is meant.
 */
export const query = async (
  endpoint: string,
  { service, version }: Readonly<{ service: string; version: string }>,
  parameters: Readonly<Record<string, string>>,
): Promise<string> => {
  const body = new URLSearchParams({ Version: version, ...parameters });
  const response = await fetch(endpoint, { method: 'POST', headers: headersFor(service), body });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${parameters.Action} was answered ${response.status}: ${text}`);
  return text;
};

/** A GET of a REST service: Lambda, S3. */
export const get = async (endpoint: string, service: string, path: string): Promise<Response> => {
  const response = await fetch(`${endpoint}${path}`, { headers: headersFor(service) });
  if (!response.ok) throw new Error(`GET ${path} was answered ${response.status}`);
  return response;
};

/** A PUT of a REST service with a JSON body. */
export const put = async (
  endpoint: string,
  { service, path }: Readonly<{ service: string; path: string }>,
  value: unknown,
): Promise<void> => {
  const headers = { ...headersFor(service), 'content-type': 'application/json' };
  const body = JSON.stringify(value);
  const response = await fetch(`${endpoint}${path}`, { method: 'PUT', headers, body });
  if (!response.ok) throw new Error(`PUT ${path} was answered ${response.status}`);
};

/** A call of a service that speaks JSON, such as Secrets Manager. */
export const json = async (
  endpoint: string,
  { service, target }: Readonly<{ service: string; target: string }>,
  value: unknown,
): Promise<void> => {
  const headers = {
    ...headersFor(service),
    'x-amz-target': target,
    'content-type': 'application/x-amz-json-1.1',
  };
  const body = JSON.stringify(value);
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`${target} was answered ${response.status}`);
};

/** The texts of all elements of a name, in order; enough XML for flat answers. */
export const textsOf = (xml: string, element: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))].map(([, text = '']) =>
    decode(text),
  );

const decode = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const headersFor = (service: string): Record<string, string> => {
  const scope = `harness/20260101/${REGION}/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
  };
};
