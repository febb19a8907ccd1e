/**
 * The address, if it is one that may be called: of an allowed origin, encrypted unless it stays on
 * this machine, and without a user name. A webhook's address is a secret: nothing here repeats it.
 */
export const webhookUrl = (text: string, origins: readonly string[]): URL | undefined => {
  const url = parse(text.trim());
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  if (url.protocol !== 'https:' && !LOOPBACK.includes(url.hostname)) return undefined;

  return origins.some((origin) => isOf(url, origin)) ? url : undefined;
};

/** `https://*.example.com` is every host below it, and not the domain itself. */
const isOf = (url: URL, origin: string): boolean =>
  origin.startsWith(ANY_HOST)
    ? url.protocol === 'https:' &&
      url.port === '' &&
      url.hostname.endsWith(origin.slice(ANY_HOST.length - 1))
    : url.origin === origin;

const ANY_HOST = 'https://*.';

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

const parse = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};
