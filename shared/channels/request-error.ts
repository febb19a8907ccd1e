/** A short name for what went wrong: a code or a class. Messages may hold addresses, and are left. */
export const codeOf = (thrown: unknown): string => namesOf(thrown)[0] ?? 'unknown error';

/** True when the request certainly never got as far as being processed. */
export const isUnreached = (thrown: unknown): boolean =>
  namesOf(thrown).some((name) => UNREACHED.has(name));

/** The status of the answer, which the AWS SDK puts into its errors; undefined without an answer. */
export const statusOf = (thrown: unknown): number | undefined => {
  const status = property(property(thrown, '$metadata'), 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
};

/** No name, no route, nobody listening, nobody to be trusted, or nobody that we can prove to be. */
const UNREACHED = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CredentialsProviderError',
]);

/** The telling one first: `fetch` hides the fault of the network in the cause of its own. */
const namesOf = (thrown: unknown): readonly string[] =>
  [property(property(thrown, 'cause'), 'code'), property(thrown, 'code'), property(thrown, 'name')]
    .filter((name) => typeof name === 'string')
    .filter((name) => name !== '');

const property = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
