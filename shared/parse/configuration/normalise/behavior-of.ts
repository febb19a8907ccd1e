import type { Behavior, Direction, FlappingBehavior } from '#domain/configuration/behavior.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import { type BehaviorInput, flap } from '#parse/configuration/schema/behavior-schema.ts';

/**
 * Sets how fast a group moves. Unless the file says otherwise, that depends on its rules. The HPA waits five
 * minutes before it removes; here a group does so whose rules follow a metric minute by minute, while a
 * condition has its own "for". Rules that go by demand alone compute the same capacity whatever there is, so
 * nothing multiplies, and waiting after a change only makes it late.
 */
export const behaviorOf = (
  input: BehaviorInput,
  rules: readonly Rule[],
  isDemand: (rule: Rule) => boolean,
): Behavior => {
  const { scaleOut, scaleIn, warmup, onForeignChange } = input;
  const pace = paceOf(rules, isDemand);
  const tolerance = input.tolerance ?? pace.tolerance;
  const flapping = input.flapping ?? pace.flapping;

  return {
    scaleOut: {
      ...directionOf(scaleOut, { tolerance, stabilize: 0, cooldown: pace.cooldownOut }),
      limits: scaleOut.limits.map(({ add, per }) => ({ ...add, periodSeconds: per })),
    },
    scaleIn: {
      ...directionOf(scaleIn, {
        tolerance,
        stabilize: pace.stabilizeIn,
        cooldown: pace.cooldownIn,
      }),
      limits: scaleIn.limits.map(({ remove, per }) => ({ ...remove, periodSeconds: per })),
    },
    warmupSeconds: warmup,
    onForeignChange,
    ...(flapping === 'off' ? {} : { flapping: flappingOf(flapping) }),
  };
};

/** The behaviour of a group of which the file says nothing: in seconds, and percent. */
type BehaviorDefaults = Readonly<{
  cooldownOut: number;
  cooldownIn: number;
  stabilizeIn: number;
  tolerance: number;
  flapping: NonNullable<BehaviorInput['flapping']>;
}>;

const paceOf = (rules: readonly Rule[], isDemand: (rule: Rule) => boolean): BehaviorDefaults => {
  const acting = rules.filter((rule) => !rule.isShadow && factsOf(rule).course !== 'clock');
  const follows = rules.some((rule) => factsOf(rule).course === 'follows');
  if (acting.length === 0 || !acting.every(isDemand)) {
    return {
      cooldownOut: 180,
      cooldownIn: 300,
      stabilizeIn: follows ? HPA_WINDOW_SECONDS : 0,
      tolerance: 10,
      flapping: flap.parse({}),
    };
  }
  // A forecast holds what it asked for by itself.
  const isForecast = acting.every((rule) => factsOf(rule).demand !== undefined);
  return {
    cooldownOut: 0,
    cooldownIn: 0,
    stabilizeIn: isForecast ? 0 : DEMAND_WINDOW_SECONDS,
    tolerance: 2,
    flapping: 'off',
  };
};

const HPA_WINDOW_SECONDS = 300;
/** A window that was cheap in simulations on public traces of demand. */
const DEMAND_WINDOW_SECONDS = 480;

const flappingOf = ({
  reversals,
  within,
  longestCooldown,
}: Exclude<BehaviorDefaults['flapping'], 'off'>): FlappingBehavior => ({
  reversals,
  withinSeconds: within,
  longestCooldownSeconds: longestCooldown,
});

type Defaults = Readonly<{ tolerance: number; stabilize: number; cooldown: number }>;

const directionOf = (
  input: Omit<BehaviorInput['scaleOut'], 'limits'>,
  defaults: Defaults,
): Omit<Direction, 'limits'> => ({
  cooldownSeconds: input.cooldown ?? defaults.cooldown,
  stabilizeSeconds: input.stabilize ?? defaults.stabilize,
  tolerancePercent: input.tolerance ?? defaults.tolerance,
  select: input.select,
});
