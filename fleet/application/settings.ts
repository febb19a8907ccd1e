/** Everything that an operator may set; the launch template writes it into the environment. */
export type Settings = Readonly<{
  host: string;
  port: number;
  /** Signs session cookies; at least 16 characters. */
  sessionKey: string;
  /** Services without which no request can be answered, such as the database. */
  critical: readonly Service[];
  /** The time from SIGTERM to the end, at most; below the deregistration delay. */
  drainMs: number;
  /** Requests that are worked on at once; more of them are refused with 503. */
  concurrency: number;
  /** The work of a request that does not ask for another amount. */
  workMs: number;
  /** The log that demand is published in; absent where it is not. */
  publishing?: Publishing;
}>;

/** A log of CloudWatch, and how often demand goes there. */
export type Publishing = Readonly<{
  /** The address of CloudWatch Logs. */
  origin: string;
  region: string;
  logGroup: string;
  /** Seconds between two events: periods of CloudWatch have 10, 20 or 30. */
  seconds: number;
}>;

/** A service that the application needs, at a port. */
export type Service = Readonly<{ name: string; host: string; port: number }>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment; throws an error that names the variable, what it is and what was expected. */
export const settingsIn = (env: Environment): Settings => ({
  // All addresses: on 127.0.0.1 the load balancer would be refused, and clients get a 502.
  host: env.HOST ?? '0.0.0.0',
  port: numberIn(env, 'PORT', { otherwise: 8_080, min: 0, max: 65_535 }),
  sessionKey: sessionKeyIn(env),
  critical: [
    ...(env.DATABASE ? [serviceIn('DATABASE', 'database', env.DATABASE)] : []),
    ...servicesIn(env.CRITICAL_SERVICES ?? ''),
  ],
  drainMs: numberIn(env, 'DRAIN_SECONDS', { otherwise: 25, min: 0, max: 3_600 }) * 1_000,
  concurrency: numberIn(env, 'CONCURRENCY', { otherwise: 100, min: 1, max: 10_000 }),
  workMs: numberIn(env, 'WORK_MS', { otherwise: 5, min: 0, max: 10_000 }),
  ...publishingIn(env),
});

const PERIODS: readonly number[] = [10, 20, 30];

const publishingIn = (env: Environment): Pick<Settings, 'publishing'> => {
  const { DEMAND_LOG_GROUP: logGroup = '', AWS_REGION: region = '', LOGS_URL } = env;
  if (logGroup === '') return {};
  if (region === '') throw new Error('AWS_REGION is missing; DEMAND_LOG_GROUP needs it');
  const seconds = numberIn(env, 'DEMAND_SECONDS', { otherwise: 10, min: 10, max: 30 });
  if (!PERIODS.includes(seconds)) {
    throw new Error(
      `DEMAND_SECONDS is "${seconds}"; expected 10, 20 or 30, as periods of CloudWatch`,
    );
  }
  const origin = LOGS_URL || `https://logs.${region}.amazonaws.com`;
  return { publishing: { origin, region, logGroup, seconds } };
};

type Range = Readonly<{ otherwise: number; min: number; max: number }>;

const numberIn = (env: Environment, name: string, { otherwise, min, max }: Range): number => {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Error(`${name} is "${text}"; expected a whole number from ${min} to ${max}`);
};

const SHORTEST_KEY = 16;

const sessionKeyIn = ({ SESSION_KEY = '' }: Environment): string => {
  if (SESSION_KEY.length >= SHORTEST_KEY) return SESSION_KEY;
  throw new Error(
    `SESSION_KEY has ${SESSION_KEY.length} characters; expected at least ${SHORTEST_KEY}, the same on every instance`,
  );
};

/** `NAME=HOST:PORT`, separated by commas. */
const servicesIn = (text: string): readonly Service[] =>
  text
    .split(',')
    .filter((each) => each.trim() !== '')
    .map((each) => {
      const [name = '', address = ''] = each.trim().split('=');
      return serviceIn('CRITICAL_SERVICES', name, address);
    });

const serviceIn = (variable: string, name: string, address: string): Service => {
  const [, host, port] = /^([A-Za-z0-9.-]+):(\d{1,5})$/.exec(address) ?? [];
  if (host !== undefined && name !== '') return { name, host, port: Number(port) };
  throw new Error(`${variable} has "${address}" for ${name || 'a service'}; expected HOST:PORT`);
};
