/**
 * For every SDK client. The limits are in plain sight because they must fit the function timeout of
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

/**
 * The endpoint comes from the Region, not from the queue's URL, so that a local emulator is not left
 * for the address that its own URLs name.
 */
export const queueClientOptions = { ...clientOptions, useQueueUrlAsEndpoint: false } as const;
