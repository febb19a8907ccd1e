import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { AccountKeys, ClientOptions } from './client-options.ts';

/** A session is renewed so long before it ends, so that no call begins with one that ends on the way. */
const MARGIN_MS = 5 * MINUTE_MS;

/** The name that CloudTrail shows for the calls of the session. */
const SESSION = 'tidegate';

/**
 * The credentials of a role, assumed with those of the client's options. All who ask share one session, an hour long,
 * and a session that could not be had is asked for again by whoever comes next. The Region's own endpoint of STS gives
 * it, because sessions of the global one are not valid everywhere
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html).
 */
export const roleCredentials = (
  role: string,
  options: ClientOptions,
  now: () => Instant = Date.now,
): (() => Promise<AccountKeys>) => {
  const sts = new STSClient(options);
  let session: Promise<AccountKeys> | undefined;
  let until: Instant = Number.POSITIVE_INFINITY;

  return () => {
    if (session === undefined || now() >= until - MARGIN_MS) {
      until = Number.POSITIVE_INFINITY;
      session = assume(sts, role);
      session.then(
        ({ expiration }) => {
          until = expiration?.getTime() ?? until;
        },
        () => {
          session = undefined;
        },
      );
    }
    return session;
  };
};

const assume = async (sts: STSClient, role: string): Promise<AccountKeys> => {
  const command = new AssumeRoleCommand({ RoleArn: role, RoleSessionName: SESSION });
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } =
    (await sts.send(command)).Credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined) {
    throw new Error(`AWS gave no credentials for the role ${role}`);
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
    ...(Expiration === undefined ? {} : { expiration: Expiration }),
  };
};
