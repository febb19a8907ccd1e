import { actOnOverride, isOverrideAction } from '#console/override/act-on-override.ts';
import type { Overrides } from '#console/override/write-override.ts';
import type { PageAction, PageAnswer, PageData } from '#console/page/data.ts';
import { createPageSource, type PageSource } from '#console/source/page-source.ts';
import type { Configuration } from '#domain/configuration/configuration.ts';
import { type Instant, MINUTE_MS } from '#domain/time/instant.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { type Collector, createCollector } from '#simulator/day/collect.ts';
import { DAY_START, runDay, usualDay } from '#simulator/day/day.ts';
import type { Load } from '#simulator/fleet/load.ts';
import { createRandom } from '#simulator/kernel/random.ts';
import { latencyLimits } from './latency-limits.ts';
import { createPace, DayOver, type Pace } from './pace.ts';
import { rulesSaid } from './rules-said.ts';
import { simulatedPorts } from './simulated-ports.ts';
import { causeTrouble, troubleButtons, withCrowds } from './troubles.ts';

/** A day that somebody watches and takes in hand. */
export type LiveDay = Readonly<{
  source: PageSource;
  /** Resolves when it is over, and throws what went wrong in it. */
  over: Promise<void>;
  end: () => void;
}>;

export type LiveSettings = Readonly<{
  configuration: Configuration;
  /** The text of the configuration, for who changes it. */
  rules: string;
  load: Load | undefined;
  seed: number;
  /** Simulated seconds in a second. */
  speed: number;
  user: string;
  subtitle: string;
}>;

const SPEEDS: readonly number[] = [0, 30, 60, 300, 1_200];
/** The day is watched from eight o'clock on, when the load rises; what was before is there already. */
const WATCHED_FROM_MINUTE = 8 * 60;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A week; nobody watches for so long. */
const LONGEST_MINUTES = 7 * 24 * 60;

/** The state of a live day. */
type Live = LiveSettings & {
  cloud: Cloud | undefined;
  now: () => Instant;
  current: Configuration;
  text: string;
  deployAgain: (configuration: Configuration) => void;
  readonly crowds: Load[];
  readonly collected: Collector;
  readonly pace: Pace;
};

/** Starts a day that goes on until it is ended. */
export const startLiveDay = (settings: LiveSettings): LiveDay => {
  const live: Live = {
    ...settings,
    cloud: undefined,
    now: () => DAY_START,
    current: settings.configuration,
    text: settings.rules,
    deployAgain: () => {},
    crowds: [],
    collected: createCollector(),
    pace: createPace(settings.speed, WATCHED_FROM_MINUTE),
  };
  const over = run(live).catch((thrown) => {
    if (!(thrown instanceof DayOver)) throw thrown;
  });
  return { source: sourceOf(live), over, end: live.pace.end };
};

const run = async (live: Live): Promise<void> => {
  const { configuration, seed, load, collected, pace, crowds } = live;
  await runDay({
    configuration,
    seed,
    load: withCrowds(load ?? usualDay(createRandom(seed)), crowds),
    hasAccidents: false,
    listen: collected.listen,
    onSample: collected.sample,
    onCloud: (cloud, now) => {
      live.cloud = cloud;
      live.now = now;
    },
    onDeployed: (deployAgain) => {
      live.deployAgain = deployAgain;
    },
    minutes: LONGEST_MINUTES,
    pause: pace.wait,
  });
};

const sourceOf = (live: Live): PageSource => {
  const made = (): PageSource => {
    const { cloud } = live;
    if (cloud === undefined) throw new Error('the day begins in a moment');
    return createPageSource({
      ...simulatedPorts({ cloud, now: live.now, configuration: () => live.current }),
      title: 'A simulated fleet',
      subtitle: () => live.subtitle,
      since: () => Math.max(DAY_START, live.now() - DAY_MS),
      latencyLimitMs: latencyLimits(live.current),
      events: () => live.collected.events,
      figures: live.collected.figures,
      controls: () => ({
        user: live.user,
        simulation: {
          speed: live.pace.speed(),
          speeds: SPEEDS,
          troubles: troubleButtons,
          rules: live.text,
        },
      }),
    });
  };
  return {
    look: async (): Promise<PageData> => made().look(),
    tell: async (group, id) => made().tell(group, id),
    act: async (action) => act(live, action),
  };
};

const act = async (live: Live, action: PageAction): Promise<PageAnswer> => {
  const { cloud, current, user } = live;
  const now = live.now();
  if (cloud === undefined) return { isDone: false, text: 'the day begins in a moment' };
  if (isOverrideAction(action)) {
    const overrides = overridesIn(cloud);
    return actOnOverride(action, { groups: current.groups, overrides, user, now });
  }
  switch (action.kind) {
    case 'speed':
      live.pace.change(action.speed);
      return { isDone: true, text: '' };
    case 'trouble':
      return trouble(live, action, cloud);
    case 'rules':
      return changeRules(live, action.text);
  }
};

const overridesIn = ({ overrides }: Cloud): Overrides => ({
  read: async (group) => overrides.get(group),
  write: async (group, override, read) => {
    if (overrides.get(group) !== read) return false;
    overrides.set(group, override);
    return true;
  },
});

const trouble = (
  live: Live,
  { group: name, name: trouble }: Extract<PageAction, { kind: 'trouble' }>,
  cloud: Cloud,
): PageAnswer => {
  const group = live.current.groups.find((each) => each.name === name);
  if (group === undefined) return { isDone: false, text: `there is no group ${name}` };
  const { crowds } = live;
  const happened = causeTrouble(trouble, { cloud, group, now: live.now(), crowds });
  if (happened === undefined) return { isDone: false, text: `there is no trouble ${trouble}` };
  live.collected.listen({ at: live.now(), kind: 'world', detail: happened });
  return { isDone: true, text: happened };
};

const changeRules = (live: Live, text: string): PageAnswer => {
  const said = rulesSaid(text, live.current);
  if ('isDone' in said) return said;
  live.current = said.configuration;
  live.text = text;
  live.deployAgain(said.configuration);
  const detail = 'the rules are changed';
  live.collected.listen({ at: live.now(), kind: 'world', detail });
  return { isDone: true, text: `${detail}: they decide from the next look on` };
};
