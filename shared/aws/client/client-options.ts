/**
 * Every SDK client has these options. The limits are in plain sight because they must fit the function timeout of
 * 30 s: a call that AWS does not answer fails within about 10 s and is retried through the queue.
 */
export const clientOptions = {
  maxAttempts: 3,
  // Without throwOnRequestTimeout the SDK only warns, and waits on.
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    throwOnRequestTimeout: true,
  },
} as const;

/** Keys of an account, perhaps for a while. */
export type AccountKeys = Readonly<{
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}>;

type Logger = Readonly<Record<'trace' | 'debug' | 'info' | 'warn' | 'error', () => void>>;

/**
 * Options of one client among several accounts and Regions. What is absent comes from the environment, as for the
 * functions, which have one account and one Region.
 */
export type ClientOptions = typeof clientOptions &
  Readonly<{
    region?: string;
    /** A profile of the files of the AWS command line. It wins over keys in the environment. */
    profile?: string;
    credentials?: () => Promise<AccountKeys>;
    logger?: Logger;
  }>;

/**
 * Options for the reads of the sweep. It asks for many pages, a single one that AWS throttles would fail it as a whole, and
 * nobody waits for it: it asks twice as often.
 */
export const patientClientOptions = { ...clientOptions, maxAttempts: 6 } as const;

/**
 * Clients that change what belongs to others make one attempt. A second one after an answer that was lost would
 * be refused because of the first (the group is busy with it), and what was done would be told as refused.
 * Whoever acts finds out on fresh state instead, and asks again through the queue.
 */
export const ACTING_ATTEMPTS = 1;

/**
 * Options for a client that acts beside one that reads. They share their connections: the reads that come
 * before have found those that were closed while the environment was frozen.
 */
export const actingOptions = <H>({
  config,
}: Readonly<{ config: Readonly<{ requestHandler: H }> }>) => ({
  ...clientOptions,
  maxAttempts: ACTING_ATTEMPTS,
  requestHandler: config.requestHandler,
});

/**
 * The endpoint comes from the Region, not from the queue's URL, so that a local emulator is not left
 * for the address that its own URLs name.
 */
export const queueClientOptions = { ...clientOptions, useQueueUrlAsEndpoint: false } as const;
