import type { CallRate } from './quotas.ts';

export type PacePorts = Readonly<{
  /** Milliseconds of a clock. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
}>;

/**
 * Lets calls through at a rate, as a bucket of tokens does: `burst` at once after a rest, then one in each of the equal
 * parts of a second. A turn is taken when it is asked for, so whoever comes first is served first.
 */
export const turnsAt = (
  { perSecond, burst, longestWaitMs = Number.POSITIVE_INFINITY }: CallRate,
  { now, sleep }: PacePorts,
): (() => Promise<void>) => {
  const interval = 1_000 / perSecond;
  let emptyUntil = Number.NEGATIVE_INFINITY;
  return async () => {
    const at = now();
    const start = Math.max(emptyUntil, at - (burst - 1) * interval);
    if (start - at > longestWaitMs) return;
    emptyUntil = start + interval;
    if (start > at) await sleep(start - at);
  };
};

type Next = (args: never) => Promise<never>;
type Middleware = (next: Next, context: Readonly<{ commandName?: string }>) => Next;
type Stack = Readonly<{
  addRelativeTo: (
    middleware: never,
    options: Readonly<{ name: string; relation: 'after'; toMiddleware: string }>,
  ) => void;
}>;

/** The rates of calls, by their action. Those that are not named do not wait. */
export type Rates = Readonly<Record<string, CallRate>>;

const CLOCK: PacePorts = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Makes a client of the SDK keep to rates. It waits before each attempt of each call, so that attempts count, too. */
export const paced = <C extends Readonly<{ middlewareStack: Stack }>>(
  client: C,
  rates: Rates,
  ports = CLOCK,
): C => {
  const turns = new Map(
    Object.entries(rates).map(([action, rate]) => [`${action}Command`, turnsAt(rate, ports)]),
  );
  const middleware: Middleware =
    (next, { commandName = '' }) =>
    async (args) => {
      await turns.get(commandName)?.();
      return next(args);
    };
  client.middlewareStack.addRelativeTo(middleware as never, {
    name: 'tidegatePace',
    relation: 'after',
    toMiddleware: 'retryMiddleware',
  });
  return client;
};
