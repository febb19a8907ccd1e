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

/** A request that is admitted: to a page of the console, or of one of its deployments. */
export type Admitted = Readonly<{
  /** The name in the path; absent where the console itself is asked. */
  deployment?: string;
  page: PageName;
  query: URLSearchParams;
}>;

/** Admits a request to one of the pages, with its query, or says why it is refused. */
export const admit = (head: RequestHead, { host, token }: Address): Refused | Admitted => {
  // Another name for this machine is how a page of the internet would come in (DNS rebinding).
  if (head.host !== host) return { status: 421, text: `this console answers as ${host} alone` };
  if (head.origin !== undefined && head.origin !== `http://${host}`) {
    return { status: 403, text: 'this console answers its own page alone' };
  }
  if (head.site !== undefined && head.site !== 'same-origin' && head.site !== 'none') {
    return { status: 403, text: 'this console answers its own page alone' };
  }
  const { pathname, searchParams } = new URL(head.url, 'http://console');
  const [, secret = '', ...path] = pathname.split('/');
  const found = isSame(secret, token) ? pageAt(path) : undefined;
  if (found === undefined) return NOT_FOUND;
  return methodRefused(head, found.page) ?? { ...found, query: searchParams };
};

export const NOT_FOUND: Refused = {
  status: 404,
  text: 'not found: open the address that the command has printed',
};

/** `PAGE`, or `deployments/NAME/PAGE`. */
const pageAt = (path: readonly string[]): Pick<Admitted, 'deployment' | 'page'> | undefined => {
  const [folder, deployment, below] = path;
  if (folder === 'deployments' && path.length === 3 && isPage(below)) {
    return { ...(deployment === undefined ? {} : { deployment }), page: below };
  }
  const [page = '', ...more] = path;
  return more.length === 0 && isPage(page) ? { page } : undefined;
};

const isPage = (name: string | undefined): name is PageName =>
  name !== undefined && Object.hasOwn(METHODS, name);

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
