import { type ClientOptions, clientOptions } from './client-options.ts';
import { roleCredentials } from './role-credentials.ts';

/** The Region and the identity that clients call with; what is absent or empty comes from the environment. */
export type Caller = Readonly<{
  region?: string | undefined;
  profile?: string | undefined;
  /** The ARN of a role that is assumed with the credentials of the profile or of the environment. */
  role?: string | undefined;
}>;

/** Options for all clients of one account in one Region. They share one session where a role is assumed. */
export const optionsFor = ({ region, profile, role }: Caller): ClientOptions => {
  const options: ClientOptions = {
    ...clientOptions,
    ...(region ? { region } : {}),
    ...(profile ? { profile, logger: SILENT } : {}),
  };
  return role ? { ...options, credentials: roleCredentials(role, options) } : options;
};

/** The SDK warns on the terminal of keys in the environment that a profile wins over, which is what was asked for. */
const SILENT = {
  trace: () => {},
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
