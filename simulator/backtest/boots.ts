import { createRandom, type Random } from '#simulator/kernel/random.ts';
import type { BootModel, Start } from './conditions.ts';
import { normal } from './draws.ts';

/** The moments of a launch, in seconds after it. */
export type Boot = Readonly<{
  /** Billing begins. */
  running: number;
  /** Auto Scaling calls it InService. */
  inService: number;
  /** It takes load. */
  ready: number;
}>;

/** The boot of each launch by its number, the same whoever launches and in whatever order. */
export type Boots = (launch: number) => Boot;

export const createBoots = (model: BootModel, seed: number): Boots => {
  const random = createRandom(seed);
  const drawn: Boot[] = [];

  return (launch) => {
    while (drawn.length <= launch) drawn.push(drawBoot(model, random));
    return drawn[launch] as Boot;
  };
};

const drawBoot = (model: BootModel, random: Random): Boot => {
  const { pendingSeconds, healthCheckSeconds, failureShare, retrySeconds } = model;
  let running = pendingSeconds;
  while (random() < failureShare) running += retrySeconds;
  const inService = running + startSeconds(model.start, random);
  return { running, inService, ready: inService + healthCheckSeconds * random() };
};

const startSeconds = (start: Start, random: Random): number => {
  if (start.kind === 'measured') {
    return start.seconds[Math.floor(random() * start.seconds.length)] ?? 0;
  }
  const { systemSeconds, medianSeconds, sigma } = start;
  return systemSeconds + medianSeconds * Math.exp(sigma * normal(random));
};

/** The mean time from launch to taking load, of which `pendingSeconds` are not billed. */
export const meanBootSeconds = ({ pendingSeconds, start, healthCheckSeconds }: BootModel): number =>
  pendingSeconds + meanStartSeconds(start) + healthCheckSeconds / 2;

const meanStartSeconds = (start: Start): number => {
  if (start.kind === 'measured') {
    return start.seconds.reduce((sum, each) => sum + each, 0) / Math.max(1, start.seconds.length);
  }
  return start.systemSeconds + start.medianSeconds * Math.exp(start.sigma ** 2 / 2);
};
