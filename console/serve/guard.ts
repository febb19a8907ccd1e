import { timingSafeEqual } from 'node:crypto';

/** The head of a request, as far as the guard looks at it. */
export type RequestHead = Readonly<{
  method: string;
  /** The path with its query, as it was asked for. */
  url: string;
  host: string | undefined;
  origin: string | undefined;
  /** `sec-fetch-site`: where the request comes from, in a browser's words. */
  site: string | undefined;
  contentType: string | undefined;
}>;

/** The address that the console has: the host with its port, and the secret of its path. */
export type Address = Readonly<{ host: string; token: string }>;

/** A refusal of a request. */
export type Refused = Readonly<{ status: number; text: string }>;

/** The pages of the console, and the method that each takes. */
const METHODS = { '': 'GET', data: 'GET', story: 'GET', act: 'POST' } as const;

export type PageName = keyof typeof METHODS;

/** Admits a request to one of the pages, with its query, or says why it is refused. */
export const admit = (
  head: RequestHead,
  { host, token }: Address,
): Refused | Readonly<{ page: PageName; query: URLSearchParams }> => {
  // Another name for this machine is how a page of the internet would come in (DNS rebinding).
  if (head.host !== host) return { status: 421, text: `this console answers as ${host} alone` };
  if (head.origin !== undefined && head.origin !== `http://${host}`) {
    return { status: 403, text: 'this console answers its own page alone' };
  }
  if (head.site !== undefined && head.site !== 'same-origin' && head.site !== 'none') {
    return { status: 403, text: 'this console answers its own page alone' };
  }
  const { pathname, searchParams } = new URL(head.url, 'http://console');
  const [, secret = '', page = '', ...more] = pathname.split('/');
  if (!isSame(secret, token) || more.length > 0 || !Object.hasOwn(METHODS, page)) {
    return { status: 404, text: 'not found: open the address that the command has printed' };
  }
  return methodRefused(head, page as PageName) ?? { page: page as PageName, query: searchParams };
};

const methodRefused = (head: RequestHead, page: PageName): Refused | undefined => {
  if (head.method !== METHODS[page]) {
    return { status: 405, text: `found ${head.method}, expected ${METHODS[page]}` };
  }
  if (head.method === 'GET') return undefined;
  // A form of another page can send no such type, and a browser says whose request it is.
  if (head.origin === undefined) return { status: 403, text: 'a request to act has its origin' };
  return head.contentType?.startsWith('application/json')
    ? undefined
    : { status: 415, text: 'expected application/json' };
};

/** Compares in the same time whatever is alike. */
const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};
