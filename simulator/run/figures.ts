import { CHECKERS } from '#simulator/check/all-checkers.ts';
import { FAULT_IDS } from '#simulator/faults/catalogue.ts';
import { SIMULATED_MS } from './run-seed.ts';

export type Figures = Readonly<{
  seeds: number;
  violations: number;
  seconds: number;
  counts: ReadonlyMap<string, number>;
}>;

/** The figures of a run of many seeds, a name and a value a line. */
export const figureLines = ({ seeds, violations, seconds, counts }: Figures): readonly string[] => {
  const of = (key: string): string => grouped(counts.get(key) ?? 0);
  const all = (prefix: string): string =>
    [...counts]
      .filter(([key]) => key.startsWith(prefix))
      .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .map(([key, count]) => `${key.slice(prefix.length)}=${grouped(count)}`)
      .join(' ');
  const hours = (seeds * SIMULATED_MS) / 3_600_000;

  return [
    line('seeds', grouped(seeds)),
    line('simulated time', `${grouped(Math.round(hours))} h`),
    line('invocations', `${of('event invoked')} (${of('event failed')} failed or were killed)`),
    line('calls', all('call ')),
    line('faults', all('fault ')),
    line('outcomes', all('outcome ')),
    line('reversals', of('reversals')),
    line('messages received', of('event received')),
    line('promises tested', all('tested ')),
    line('never tested', neverTested(counts).join(' ') || 'none'),
    line('never struck', neverStruck(counts).join(' ') || 'none'),
    line('dead letters', of('event dead-lettered')),
    line('speed', `${(seeds / seconds).toFixed(1)} seeds/s, ${seconds.toFixed(1)} s`),
    line('violations', grouped(violations)),
  ];
};

/** The promises that no event of these runs put to the test: a checker that never judged proves nothing. */
export const neverTested = (counts: Figures['counts']): readonly string[] =>
  CHECKERS.map(({ id }) => id).filter((id) => (counts.get(`tested ${id}`) ?? 0) === 0);

/** The kinds of faults that never struck in these runs: what they would break was not tried. */
export const neverStruck = (counts: Figures['counts']): readonly string[] =>
  FAULT_IDS.filter((id) => (counts.get(`fault ${id}`) ?? 0) === 0);

const line = (name: string, value: string): string => `${`${name} `.padEnd(20, '.')}: ${value}`;

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
