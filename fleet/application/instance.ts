import type { Credentials } from './sign.ts';

/** The knowledge that an instance has of itself, by its metadata service, version 2. */
export const createInstance = (origin: string) => {
  const ask = async (path: string, init: RequestInit): Promise<string> => {
    const response = await fetch(`${origin}/latest/${path}`, {
      ...init,
      signal: AbortSignal.timeout(2_000),
    });
    if (!response.ok)
      throw new Error(`the metadata of the instance: ${response.status} at ${path}`);
    return response.text();
  };
  const read = async (path: string): Promise<string> => {
    const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
    const token = await ask('api/token', { method: 'PUT', headers });
    return ask(`meta-data/${path}`, { headers: { 'x-aws-ec2-metadata-token': token } });
  };

  return {
    id: (): Promise<string> => read('instance-id'),
    /** The Auto Scaling group that launched it: a tag, which the launch template shows to the instance. */
    group: (): Promise<string> => read('tags/instance/aws:autoscaling:groupName'),
    /** Credentials of the instance's role; AWS renews them long before they end. */
    credentials: async (): Promise<Credentials> => {
      const role = await read('iam/security-credentials/');
      const text = await read(`iam/security-credentials/${role}`);
      const { AccessKeyId, SecretAccessKey, Token } = JSON.parse(text) as Record<string, string>;
      if (AccessKeyId === undefined || SecretAccessKey === undefined || Token === undefined) {
        throw new Error(`the metadata of the instance: no credentials for ${role}`);
      }
      return { keyId: AccessKeyId, secret: SecretAccessKey, token: Token };
    },
  };
};

export type Instance = ReturnType<typeof createInstance>;
