import type { FailOpen } from '#domain/health/health-observation.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import { CHECKERS } from '#simulator/check/all-checkers.ts';
import type { Judgement } from '#simulator/check/check-world.ts';
import { createViews } from '#simulator/check/views.ts';
import { OUTSIDER, startAccidents } from '#simulator/faults/accidents.ts';
import { startBursts } from '#simulator/faults/bursts.ts';
import { FAULTS, type FaultKind } from '#simulator/faults/catalogue.ts';
import { createDice, type Dice, type DiceWorld } from '#simulator/faults/dice.ts';
import { createFaultyAnswer, createFaultyMail } from '#simulator/faults/faulty-mail.ts';
import { createFaultyNetwork } from '#simulator/faults/faulty-network.ts';
import { latenessOf } from '#simulator/faults/lateness.ts';
import { startPeers } from '#simulator/faults/peers.ts';
import { startPoolAccidents } from '#simulator/faults/pool-accidents.ts';
import { startAlarms } from '#simulator/faults/restless-alarms.ts';
import { startMetrics } from '#simulator/faults/restless-metrics.ts';
import { startStubbornTargets } from '#simulator/faults/stubborn-targets.ts';
import { startAilments } from '#simulator/faults/target-faults.ts';
import { createRandom, type Random } from '#simulator/kernel/random.ts';
import { createTimeline, type Timeline } from '#simulator/kernel/timeline.ts';
import type { GroupSpec } from '#simulator/services/auto-scaling/fleet.ts';
import { type Cloud, createCloud } from '../cloud.ts';
import { deploy } from '../deploy.ts';
import { createHistory, type HistoryEvent } from '../history.ts';
import { createCounter } from './count.ts';
import {
  type FleetScenario,
  startRetagging,
  withCandidates,
  withTagged,
} from './fleet-scenario.ts';
import { createReadMembers } from './read-members.ts';
import { scenarioOf } from './scenario.ts';
import { randomOfPools } from './scenario-pools.ts';
import { type Theme, themeOf } from './theme.ts';
import { besideFleets, fleetsOf } from './theme-fleets.ts';
import { createVersions } from './versions.ts';

export type Violation = Readonly<{ checker: string; sentence: string; at: Instant }>;

export type SeedRun = Readonly<{
  seed: number;
  /** The kinds of faults that may strike in this run. */
  kinds: readonly string[];
  violations: readonly Violation[];
  /**
   * Counts of each thing that happened: `event noted`, `fault F9`, `call Publish`, `outcome scaled`, and
   * `tested S1`, how often a promise was judged.
   */
  counts: ReadonlyMap<string, number>;
}>;

export type SeedSettings = Readonly<{
  seed: number;
  /** The kinds that may strike; the seed chooses among them. */
  kinds: readonly string[];
  /** Gets every event. */
  listen?: (event: HistoryEvent) => void;
}>;

const FAULTY_MS = 60 * MINUTE_MS;
const QUIET_MS = 50 * MINUTE_MS;
/** In the quiet time somebody sets every group to one of its own bounds, once. */
const MEDDLE_MS = 15 * MINUTE_MS;
export const SIMULATED_MS = FAULTY_MS + QUIET_MS;

/** The weight with which every message about an alarm is lost. */
const ALWAYS_LOST = 10;

/** Runs one seed: a time of faults, then a quiet time in which everything must come right. */
export const runSeed = async ({ seed, kinds, listen }: SeedSettings): Promise<SeedRun> => {
  const random = createRandom(seed);
  const chosen = choose(
    random,
    FAULTS.filter(({ isOfPools }) => !isOfPools),
    kinds,
  );
  const theme = themeOf(seed);
  if (theme.kind === 'unheard' && kinds.includes('F4')) chosen.set('F4', ALWAYS_LOST);
  const timeline = createTimeline(theme.startsAt);
  const history = createHistory();
  const quietAt = theme.startsAt + FAULTY_MS;
  const isQuiet = (): boolean => timeline.now() >= quietAt;
  const diceWorld = { timeline, history, isQuiet };
  const dice = createDice({ ...diceWorld, random, kinds: chosen });
  const ofPools = theme.kind === 'pooled' ? poolDice(seed, { ...diceWorld, kinds }) : undefined;

  const counts = new Map<string, number>();
  history.listen(createCounter(counts));
  if (listen) history.listen(listen);
  const fleets = fleetsOf(seed, theme);
  const stage = { timeline, history, dice, isQuiet, counts, theme, fleets };
  const violations = await play({ ...stage, ...(ofPools ? { poolDice: ofPools.dice } : {}) });
  return { seed, kinds: [...chosen.keys(), ...(ofPools?.kinds ?? [])], violations, counts };
};

/** Chooses about half of the kinds that may strike, each with a weight of its own. */
const choose = (
  random: Random,
  faults: readonly FaultKind[],
  kinds: readonly string[],
): Map<string, number> =>
  new Map(
    faults.flatMap(({ id }) => {
      const [isChosen, weight] = [random() < 0.5, 0.3 + 2 * random()];
      return isChosen && kinds.includes(id) ? [[id, weight] as const] : [];
    }),
  );

/** The dice of what happens to warm pools, with a stream of their own. */
const poolDice = (
  seed: number,
  { kinds, ...world }: Omit<DiceWorld, 'random' | 'kinds'> & Pick<SeedSettings, 'kinds'>,
): Readonly<{ dice: Dice; kinds: Iterable<string> }> => {
  const random = randomOfPools(-1 - seed);
  const ours = FAULTS.filter(({ isOfPools }) => isOfPools);
  const chosen = choose(random, ours, kinds);
  return { dice: createDice({ ...world, random, kinds: chosen }), kinds: chosen.keys() };
};

type Stage = Readonly<{
  timeline: Timeline;
  history: ReturnType<typeof createHistory>;
  dice: Dice;
  /** Present in worlds with warm pools. */
  poolDice?: Dice;
  isQuiet: () => boolean;
  counts: Map<string, number>;
  theme: Theme;
  fleets: FleetScenario;
}>;

const play = async (stage: Stage): Promise<readonly Violation[]> => {
  const { timeline, history, dice, isQuiet, counts, theme, fleets, poolDice: ofPools } = stage;
  const { configuration: initial, groups } = besideFleets(scenarioOf(dice, theme), fleets);
  const mail = createFaultyMail(dice);
  const cloud = createCloud(
    { timeline, history, mail, answer: createFaultyAnswer(timeline, dice) },
    withCandidates(initial, fleets),
    groups,
  );
  const versions = createVersions({ dice, timeline, theme }, initial);
  const members = createReadMembers(fleets);
  /** Things happen to every group that may become a member, as to those that the file names. */
  const configuration = () => withCandidates(versions.current(), fleets);
  const world = { timeline, cloud, dice, configuration, isQuiet, theme };

  const violations: Violation[] = [];
  const views = createViews();
  const watches = CHECKERS.map(({ id, watch }) => ({
    id,
    watch: watch({
      ...world,
      configuration: () => withTagged(versions.current(), fleets, cloud),
      views,
      configurationOf: (invocation) => members.beside(versions.of(invocation), invocation),
    }),
  }));
  const report = (id: string, judgements: readonly Judgement[]): void => {
    if (judgements.length === 0) return;
    counts.set(`tested ${id}`, (counts.get(`tested ${id}`) ?? 0) + judgements.length);
    for (const sentence of judgements) {
      if (sentence !== true) violations.push({ checker: id, sentence, at: timeline.now() });
    }
  };
  history.listen(members.follow);
  history.listen((event) => {
    for (const { id, watch } of watches) if (watch.onEvent) report(id, watch.onEvent(event));
    views.follow(event);
  });

  cloud.autoScaling.lag(() => (dice.strikes('F15', 'a read lags') ? dice.pick(55_000) : 0));
  furnish(world, groups);
  startAlarms(world);
  startBursts(world);
  startMetrics({ ...world, lateness: latenessOf(theme) });
  startAccidents(world);
  startStubbornTargets(world);
  startPeers(world);
  startAilments(world);
  if (ofPools) startPoolAccidents({ ...world, dice: ofPools });
  startRetagging(world, fleets);
  deploy(
    {
      timeline,
      history,
      random: dice.random,
      network: createFaultyNetwork(timeline, dice, theme),
      configuration: versions.choose,
      startClock: () => clockOf(timeline, dice),
    },
    cloud,
    {
      ticks: () => (dice.strikes('F27', 'the sweep') ? 2 * dice.pick(2) : 1),
      ...(theme.kind === 'shards' ? { sizes: { shardSize: theme.shardSize } } : {}),
      ...(theme.kind === 'sick-fleets' ? { sizes: theme.sizes } : {}),
    },
  );

  timeline.at(theme.startsAt + FAULTY_MS + MEDDLE_MS, () => {
    for (const { autoScalingGroup } of configuration().groups) {
      cloud.autoScaling.pull(autoScalingGroup, (fleet) => {
        fleet.desired = dice.pick(2) === 0 ? fleet.min : fleet.max;
      });
    }
  });
  await timeline.runUntil(theme.startsAt + SIMULATED_MS);
  for (const { id, watch } of watches) report(id, watch.atEnd?.() ?? []);
  return violations;
};

/** Some target groups have an address that belongs to no group, and thresholds below which they fail open. */
const furnish = (
  { cloud, dice }: Readonly<{ cloud: Cloud; dice: Dice }>,
  groups: readonly GroupSpec[],
): void => {
  for (const arn of groups.flatMap(({ targetGroupArns }) => targetGroupArns)) {
    const chance = arn.includes('-internal') ? 0.4 : 0.2;
    if (dice.random() < 0.3) cloud.loadBalancing.add(arn, OUTSIDER);
    if (dice.random() >= chance) continue;
    cloud.loadBalancing.setFailOpen(arn, dice.one(FAIL_OPEN) ?? NEVER);
  }
};

/** From how many healthy targets on the load balancers of a scenario tell the healthy from the others. */
const NEVER: FailOpen = { count: 1, percent: 0 };
const FAIL_OPEN: readonly FailOpen[] = [
  NEVER,
  { count: 3, percent: 0 },
  { count: 1, percent: 70 },
  { count: 1, percent: 90 },
];

const clockOf = (timeline: Timeline, dice: Dice): (() => Instant) => {
  const skew = dice.strikes('F24', 'a clock is off') ? dice.pick(4_000) - 2_000 : 0;
  return () => timeline.now() + skew;
};
