import { setImmediate } from 'node:timers/promises';

/**
 * Lets every promise that can go on do so. It takes no virtual time and asks no clock: the next turn
 * of the event loop begins when no promise is ready any more.
 */
export const drain = (): Promise<void> => setImmediate();
