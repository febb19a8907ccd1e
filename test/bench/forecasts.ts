import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DemandWindow } from '#domain/forecast/demand-window.ts';
import { forecastDemand } from '#domain/forecast/forecast-demand.ts';

const ROUNDS = 50;
const START = Date.parse('2026-03-02T00:00:00Z') / 1_000;

/** Processor time of one group's forecast, in ms. */
export type ForecastTimes = Readonly<{ cold: number; warm: number }>;

/** The first forecast of a process is cold: measured in fresh ones, of which the median counts. */
export const measureForecasts = (): ForecastTimes => {
  const runs = Array.from({ length: 5 }, runFresh);
  return {
    cold: medianOf(runs.map(({ cold }) => cold)),
    warm: medianOf(runs.map(({ warm }) => warm)),
  };
};

const runFresh = (): ForecastTimes => {
  const { stdout } = spawnSync(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(import.meta.url), 'measure'],
    { encoding: 'utf8' },
  );
  return JSON.parse(stdout);
};

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const measureHere = (): ForecastTimes => {
  const window = aWeek();
  const cold = processorMs(window);
  for (let round = 0; round < ROUNDS; round += 1) processorMs(window);
  return { cold, warm: medianOf(Array.from({ length: ROUNDS }, () => processorMs(window))) };
};

const processorMs = (window: DemandWindow): number => {
  const before = process.cpuUsage();
  forecastDemand(window, [4, 8], { risk: 0.1, margin: 0.1 });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** A day of minutes after eight days of bins, with noise. */
const aWeek = (): DemandWindow => {
  const firstBin = Math.floor(START / 300) - 2_304 + 288;
  return {
    startSeconds: START,
    minutes: Float64Array.from({ length: 1_440 }, (_, minute) => demandAt(START + 60 * minute)),
    firstBin,
    fives: Float64Array.from({ length: 2_304 }, (_, bin) => demandAt(300 * (firstBin + bin))),
  };
};

const demandAt = (seconds: number): number =>
  100 *
  (1.2 + Math.sin((2 * Math.PI * seconds) / 86_400)) *
  (1 + 0.1 * Math.sin(seconds * 12.9898));

if (process.argv[2] === 'measure') console.log(JSON.stringify(measureHere()));
