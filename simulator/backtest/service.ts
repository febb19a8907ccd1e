import { type Served, serve } from '#simulator/fleet/service-model.ts';
import type { ServiceModel } from './conditions.ts';

type Span = Readonly<{ seconds: number; arrivals: number; backlog: number; instances: number }>;

/** The fate of the requests that arrive in a span of time, all instances taken together. */
export const serveSpan = (model: ServiceModel, span: Span): Served => {
  const { instances } = span;
  if (model.sharing === 'pooled' || instances <= 1) return serve(model, span);

  const one = serve(model, {
    seconds: span.seconds,
    arrivals: span.arrivals / instances,
    backlog: span.backlog / instances,
    instances: 1,
  });
  return {
    utilisation: one.utilisation,
    meanLatencyMs: one.meanLatencyMs,
    p95LatencyMs: one.p95LatencyMs,
    backlog: one.backlog * instances,
    lost: one.lost * instances,
  };
};

/** True when the requests of the span were served too slowly, or some of them not at all. */
export const isViolated = ({ objective }: ServiceModel, served: Served): boolean => {
  if (served.lost > 0) return true;
  return objective.kind === 'utilisation'
    ? served.utilisation > objective.most + NOISE
    : served.p95LatencyMs > objective.latencyMs;
};

/** Keeps the noise of floating point from breaking an objective that is just met. */
const NOISE = 1e-9;

/** The largest demand in a second that so many instances carry without a violation. */
export const carriedBy = (model: ServiceModel, instances: number): number => {
  if (instances === 0) return 0;
  let [least, most] = [0, model.ratePerInstance * instances];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const arrivals = (least + most) / 2;
    const served = serveSpan(model, { seconds: 1, arrivals, backlog: 0, instances });
    if (isViolated(model, served)) most = arrivals;
    else least = arrivals;
  }
  return least;
};

const HALVINGS = 48;

/** Tells how many instances just meet the objective at a demand: the demand curve of the benchmark. */
export const needOf = (model: ServiceModel): ((demand: number) => number) => {
  const one = carriedBy(model, 1);
  const isProportional = model.sharing === 'even' || model.objective.kind === 'utilisation';
  if (isProportional) return (demand) => Math.ceil(demand / one - NOISE);

  const carried = [0, one];
  return (demand) => {
    while ((carried.at(-1) ?? 0) < demand) carried.push(carriedBy(model, carried.length));
    return firstThatCarries(carried, demand);
  };
};

const firstThatCarries = (carried: readonly number[], demand: number): number => {
  let [least, most] = [0, carried.length - 1];
  while (least < most) {
    const middle = (least + most) >> 1;
    if ((carried[middle] ?? 0) >= demand) most = middle;
    else least = middle + 1;
  }
  return least;
};
