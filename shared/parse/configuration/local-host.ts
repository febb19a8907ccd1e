/** True for the names and addresses by which a machine calls itself; `hostname` is as a URL has it. */
export const isLoopback = (hostname: string): boolean => {
  const host = bare(hostname);
  return (
    /(^|\.)localhost$/.test(host) ||
    /^(127|0)\./.test(host) ||
    host === '::1' ||
    host === '::' ||
    /^::ffff:(7f[0-9a-f]{2}|0):/.test(host)
  );
};

/** True for addresses of the own link, where AWS serves credentials and metadata. */
export const isLinkLocal = (hostname: string): boolean => {
  const host = bare(hostname);
  return (
    host.startsWith('169.254.') ||
    /^fe[89ab][0-9a-f]:/.test(host) ||
    host.startsWith('fd00:ec2:') ||
    host.startsWith('::ffff:a9fe:')
  );
};

/** Without the brackets of IPv6, and the dot with which a name may end. */
const bare = (hostname: string): string =>
  hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');

/** True when AWS is an emulator on this machine: what it calls may be on this machine, too. */
export const isEmulated = (endpoint: string | undefined): boolean =>
  endpoint !== undefined && URL.canParse(endpoint) && isLoopback(new URL(endpoint).hostname);
