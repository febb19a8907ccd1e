import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { type ClientOptions, clientOptions } from '#aws/client/client-options.ts';
import type { GroupState } from '#domain/observed/group-state.ts';
import { readGroups } from './read-groups.ts';

/** A Region that is away must not hold up the groups of this one: one attempt, and an end. */
const LONGEST_MS = 2_500;

/**
 * Reads Auto Scaling groups of another Region, or of this one when none is named. It asks once and waits for at most 2.5 s;
 * whoever asks looks again a minute later.
 */
export const readPeers = (options: ClientOptions = clientOptions, longestMs = LONGEST_MS) => {
  const clients = new Map<string | undefined, AutoScalingClient>();
  const clientIn = (region: string | undefined): AutoScalingClient => {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const client = new AutoScalingClient({
      ...options,
      maxAttempts: 1,
      ...(region === undefined ? {} : { region }),
    });
    clients.set(region, client);
    return client;
  };

  return async (
    region: string | undefined,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, GroupState>> => {
    const asked = readGroups(clientIn(region), { deployment: '' })(names);
    return within(longestMs, asked);
  };
};

/** The promise, or an error when it takes too long. */
const within = async <T>(longestMs: number, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${longestMs} ms`)), longestMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};
