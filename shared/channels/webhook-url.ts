/**
 * The address, if it is one that may be called: of an allowed origin, encrypted unless it stays on
 * this machine, and without a user name. A webhook's address is a secret: nothing here repeats it.
 */
export const webhookUrl = (text: string, origins: readonly string[]): URL | undefined => {
  const url = parse(text.trim());
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  if (url.protocol !== 'https:' && !LOOPBACK.includes(url.hostname)) return undefined;

  return origins.includes(url.origin) ? url : undefined;
};

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

const parse = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};
