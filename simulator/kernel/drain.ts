import { nextTick } from 'node:process';

/**
 * Lets every promise that can go on do so. It takes no virtual time and asks no clock: a tick that is
 * asked for among promises comes when none of them is ready any more.
 */
export const drain = (): Promise<void> => new Promise((resolve) => nextTick(resolve));
