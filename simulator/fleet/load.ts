import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { Random } from '#simulator/kernel/random.ts';

/** Requests per second at a moment. */
export type Load = (at: Instant) => number;

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const constant =
  (requestsPerSecond: number): Load =>
  () =>
    requestsPerSecond;

export const step =
  (at: Instant, before: number, after: number): Load =>
  (now) =>
    now < at ? before : after;

export const ramp =
  ([from, to]: readonly [Instant, Instant], before: number, after: number): Load =>
  (now) =>
    before + (after - before) * Math.min(1, Math.max(0, (now - from) / (to - from)));

/** Rises at once and falls off by half every `halfLifeMs`: a flash crowd. */
export const flashCrowd =
  (at: Instant, peak: number, halfLifeMs: number): Load =>
  (now) =>
    now < at ? 0 : peak * 0.5 ** ((now - at) / halfLifeMs);

export const onOff =
  (periodMs: number, off: number, on: number): Load =>
  (now) =>
    Math.floor(now / periodMs) % 2 === 0 ? off : on;

/** A day of people: least at four in the morning, most at four in the afternoon, UTC. */
export const diurnal =
  (least: number, most: number): Load =>
  (now) => {
    const share = (1 - Math.cos((2 * Math.PI * (now - 4 * HOUR_MS)) / DAY_MS)) / 2;
    return least + (most - least) * share;
  };

/** Multiplies by a noise that is new each minute, within the given share up or down. */
export const noisy = (load: Load, share: number, random: Random): Load => {
  const noises = new Map<number, number>();

  return (now) => {
    const minute = Math.floor(now / MINUTE_MS);
    const noise = noises.get(minute) ?? 1 + share * (2 * random() - 1);
    noises.set(minute, noise);
    return load(now) * noise;
  };
};

export const sum =
  (...loads: readonly Load[]): Load =>
  (now) =>
    loads.reduce((total, load) => total + load(now), 0);

/** A load from lines of `seconds,requestsPerSecond`, each held until the next; a head line is skipped. */
export const fromCsv = (text: string, start: Instant): Load => {
  if (/^\uFEFF?"?timestamp/i.test(text)) {
    throw new Error(
      'found a history with the header timestamp,value, and a load has lines of seconds,requestsPerSecond: npx tidegate backtest --history FILE plays a history',
    );
  }
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.split(',').map(Number))
    .flatMap(([seconds, rate]) =>
      seconds === undefined || rate === undefined || Number.isNaN(seconds + rate)
        ? []
        : [{ at: start + seconds * 1_000, rate }],
    );
  if (rows.length === 0) {
    throw new Error('found no line of the form seconds,requestsPerSecond such as 60,120.5');
  }

  return (now) => rows.findLast(({ at }) => at <= now)?.rate ?? rows[0]?.rate ?? 0;
};
