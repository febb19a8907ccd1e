import type { Behavior, Direction, FlappingBehavior } from '#domain/configuration/behavior.ts';
import { factsOf, type Rule } from '#domain/configuration/rule.ts';
import type { BehaviorInput } from '#parse/configuration/schema/behavior-schema.ts';

/**
 * How fast a group moves. The HPA waits five minutes before it removes; here a group does so whose
 * rules follow a metric minute by minute, while a condition has its own "for".
 */
export const behaviorOf = (input: BehaviorInput, rules: readonly Rule[]): Behavior => {
  const { scaleOut, scaleIn, tolerance, warmup, onForeignChange, flapping } = input;
  const follows = rules.some((rule) => factsOf(rule).course === 'follows');

  return {
    scaleOut: {
      ...directionOf(scaleOut, { tolerance, stabilize: 0 }),
      limits: scaleOut.limits.map(({ add, per }) => ({ ...add, periodSeconds: per })),
    },
    scaleIn: {
      ...directionOf(scaleIn, { tolerance, stabilize: follows ? HPA_WINDOW_SECONDS : 0 }),
      limits: scaleIn.limits.map(({ remove, per }) => ({ ...remove, periodSeconds: per })),
    },
    warmupSeconds: warmup,
    onForeignChange,
    ...(flapping === 'off' ? {} : { flapping: flappingOf(flapping) }),
  };
};

const flappingOf = ({
  reversals,
  within,
  longestCooldown,
}: Exclude<BehaviorInput['flapping'], 'off'>): FlappingBehavior => ({
  reversals,
  withinSeconds: within,
  longestCooldownSeconds: longestCooldown,
});

const HPA_WINDOW_SECONDS = 300;

type Defaults = Readonly<{ tolerance: number; stabilize: number }>;

const directionOf = (
  input: Omit<BehaviorInput['scaleOut'], 'limits'>,
  defaults: Defaults,
): Omit<Direction, 'limits'> => ({
  cooldownSeconds: input.cooldown,
  stabilizeSeconds: input.stabilize ?? defaults.stabilize,
  tolerancePercent: input.tolerance ?? defaults.tolerance,
  select: input.select,
});
