/** The limits of a load that no option raises: a drill tries a fleet and is no way to bring one down. */
export const LOAD_CEILINGS = {
  /** Requests a second at the top. */
  rate: 500,
  /** Connections that are open at once. */
  connections: 500,
  /** Requests in all. */
  requests: 300_000,
  /** Seconds from the first request to the last one: 30 minutes. */
  seconds: 1_800,
} as const;

/** Seconds that an answer may take; then the request counts as failed. */
export const ANSWER_SECONDS = 10;

/** The ceilings in one sentence, for the help. */
export const describeCeilings = (): string =>
  `No load is larger than ${LOAD_CEILINGS.rate} requests a second, ${LOAD_CEILINGS.connections} connections, ${count(LOAD_CEILINGS.requests)} requests in all, ${LOAD_CEILINGS.seconds / 60} minutes.`;

/** A count as people write it: `300,000`. */
export const count = (value: number): string =>
  String(value).replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, ',');
