import type { Group } from '#domain/configuration/configuration.ts';
import type { Conditions } from '#simulator/backtest/conditions.ts';
import { optimumOf } from '#simulator/backtest/optimum.ts';
import { optimumResult } from '#simulator/backtest/optimum-result.ts';
import { type Result, violatedShare } from '#simulator/backtest/result.ts';
import { backtest } from '#simulator/backtest/run.ts';
import { tidegate } from '#simulator/backtest/tidegate/policy.ts';
import type { Trace } from '#simulator/backtest/trace.ts';
import { createWorld, type World } from '#simulator/backtest/world.ts';
import { oracleOf, PEERS, type Peer, type PeerName, type Setting } from './field.ts';
import { type Row, rowOf } from './row.ts';

/** Rules under comparison: a group of a file, with its own bounds. */
export type Contender = Readonly<{ name: string; group: Group }>;

export type Comparing = Readonly<{
  trace: Trace;
  /** Their bounds are those of the peers; rules have their own. */
  conditions: Conditions;
  /** The first is the one that is asked about. */
  rules: readonly Contender[];
  peers: readonly PeerName[];
  seeds: number;
  /** Hears of each run before it. */
  onRun?: (name: string) => void;
}>;

/** A point of the picture of cost against violations. */
export type FrontPoint = Readonly<{ violated: number; overOptimum: number; label: string }>;

export type Comparison = Readonly<{
  /** The rules in their order, then peers, then bounds. */
  rows: readonly Row[];
  /** Every setting that was tried of each peer, on the first seed. */
  fronts: readonly Readonly<{ name: string; points: readonly FrontPoint[] }>[];
  days: number;
  seeds: number;
  /** Periods of the history that no policy was judged in, and those in which the demand may have been larger. */
  holes: number;
  saturated: number;
}>;

/**
 * Runs rules and peers through the same worlds. A peer is shown at its cheapest setting that violates no more
 * than the first rules do (or a thousandth, where they violate less), else at the one that violates least:
 * it is tuned on the very history that it is judged on, which favours it.
 */
export const compare = (comparing: Comparing): Comparison => {
  const { rules, peers, seeds, trace } = comparing;
  const worlds = worldsOf(comparing);
  const [first] = worlds as readonly [World, ...World[]];
  const optimumHours = meanOf(worlds, (world) => optimumOf(world).instanceHours);
  const rows = rules.map(({ name, group }) => {
    comparing.onRun?.(name);
    const results = worldsOf(comparing, group).map((world) => backtest(world, tidegate({ group })));
    return rowOf(results, { name, kind: 'rules', optimumHours });
  });
  const allowed = Math.max(LEAST_ALLOWED, rows[0]?.violated ?? 0);
  const tuned = peers.map((name) => {
    comparing.onRun?.(PEERS[name].title);
    return tunedPeer(PEERS[name], { worlds, allowed, optimumHours });
  });

  return {
    rows: [...rows, ...tuned.map(({ row }) => row), ...boundsOf(worlds, optimumHours)],
    fronts: tuned.map(({ row, points }) => ({ name: row.name, points })),
    days: ((first.ticks - first.firstScored) * comparing.conditions.tickSeconds) / 86_400,
    seeds,
    holes: trace.demand.reduce((sum, each) => sum + (Number.isNaN(each) ? 1 : 0), 0),
    saturated: trace.saturated.reduce((sum, each) => sum + each, 0),
  };
};

/** Fewer violations than this are none that a peer must keep up with. */
const LEAST_ALLOWED = 0.001;

/** A world for each seed; with the bounds of a group where it has its own. */
export const worldsOf = (
  { trace, conditions, seeds }: Pick<Comparing, 'trace' | 'conditions' | 'seeds'>,
  group?: Group,
): readonly World[] => {
  const { min = conditions.min, max = conditions.max } = group?.capacity ?? {};
  return Array.from({ length: seeds }, (_, seed) =>
    createWorld(trace, { ...conditions, min, max }, seed + 1),
  );
};

const meanOf = <T>(all: readonly T[], read: (each: T) => number): number =>
  all.reduce((sum, each) => sum + read(each), 0) / all.length;

type Field = Readonly<{ worlds: readonly World[]; allowed: number; optimumHours: number }>;

const tunedPeer = (
  { title, settings }: Peer,
  { worlds, allowed, optimumHours }: Field,
): Readonly<{ row: Row; points: readonly FrontPoint[] }> => {
  const [first, ...others] = worlds as readonly [World, ...World[]];
  const tried = settings(first).map((setting) => ({
    setting,
    result: backtest(first, setting.policy),
  }));
  const { setting, result } = cheapestWithin(tried, allowed);
  const results = [result, ...others.map((world) => backtest(world, setting.policy))];
  return {
    row: rowOf(results, { name: title, kind: 'peer', setting: setting.label, optimumHours }),
    points: tried.map((each) => ({
      violated: violatedShare(each.result),
      overOptimum: each.result.instanceHours / optimumHours,
      label: each.setting.label,
    })),
  };
};

type Tried = Readonly<{ setting: Setting; result: Result }>;

const cheapestWithin = (tried: readonly Tried[], allowed: number): Tried => {
  const within = tried.filter(({ result }) => violatedShare(result) <= allowed);
  const cost = ({ result }: Tried): number => result.instanceHours;
  const violated = ({ result }: Tried): number => violatedShare(result);
  return within.length > 0 ? leastBy(within, cost) : leastBy(tried, violated);
};

const leastBy = <T>(all: readonly T[], read: (each: T) => number): T =>
  all.reduce((least, each) => (read(each) < read(least) ? each : least));

/** The exact optimum, and an oracle that sees one boot ahead. */
const boundsOf = (worlds: readonly World[], optimumHours: number): readonly Row[] =>
  [
    {
      name: 'sees one boot ahead',
      results: worlds.map((world) => backtest(world, oracleOf(world))),
    },
    {
      name: 'optimum in hindsight',
      results: worlds.map(optimumResult),
    },
  ].map(({ name, results }) => rowOf(results, { name, kind: 'bound', optimumHours }));
