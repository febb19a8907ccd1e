import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';

const KEPT_MS = 5 * MINUTE_MS;

/** Reads SecureString parameters, and remembers each for five minutes. */
export const readSecret = (client: SSMClient, now: () => Instant) => {
  const known = new Map<string, Readonly<{ value: string; readAt: Instant }>>();

  /** A fresh one is read past the memory. Throws when there is none or it may not be read. */
  return async (name: string, isFresh: boolean): Promise<string> => {
    const remembered = known.get(name);
    if (!isFresh && remembered && now() - remembered.readAt < KEPT_MS) return remembered.value;

    const command = new GetParameterCommand({ Name: name, WithDecryption: true });
    const value = (await client.send(command)).Parameter?.Value;
    if (!value) throw new Error(`the parameter ${name} has no value`);
    known.set(name, { value, readAt: now() });
    return value;
  };
};
