import type { PortOpening } from './checkup.ts';

/** Tells whether an opening covers a port, whoever may use it. */
export const isOpenOn = (
  { protocol, from, to }: PortOpening,
  port: number,
  transports: readonly string[] = ['tcp'],
): boolean => protocol === '-1' || (transports.includes(protocol) && from <= port && port <= to);
