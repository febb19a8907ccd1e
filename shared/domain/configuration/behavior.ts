/** The group's pace, with the vocabulary of the HPA; each direction apart. */
export type Behavior = Readonly<{
  scaleOut: Direction;
  scaleIn: Direction;
  /** For so long after a change of ours its units count as warming up. */
  warmupSeconds: number;
  onForeignChange: OnForeignChange;
  /** The slowing of rules that go back and forth; absent when they never are slowed. */
  flapping?: FlappingBehavior;
}>;

/** So many reversals within so long are a flap, for which the cooldown of scale-in doubles up to a limit. */
export type FlappingBehavior = Readonly<{
  /** From 2. */
  reversals: number;
  withinSeconds: number;
  longestCooldownSeconds: number;
}>;

/**
 * A capacity that somebody else set is treated so: `adopt` reckons from it, `hold` leaves it in peace for
 * so many seconds, `restore` puts back, once, what was taken away.
 */
export type OnForeignChange = 'adopt' | 'restore' | Readonly<{ hold: number }>;

export type Direction = Readonly<{
  /** The least time from the change before. */
  cooldownSeconds: number;
  /** The recommendation must have lasted for so long; 0 to 3600. The most careful recommendation of that time counts. */
  stabilizeSeconds: number;
  /** A tracking rule lets the metric be so far off its target. */
  tolerancePercent: number;
  /** Limits on how much may change within how long; without limits anything may. */
  limits: readonly Limit[];
  /** The limit that counts when there are several; `disabled` forbids the direction altogether. */
  select: 'max' | 'min' | 'disabled';
}>;

/** At most so many units, or so many percent of the capacity at the begin of the period. */
export type Limit = Readonly<{
  amount: number;
  unit: 'capacity' | 'percent';
  /** Up to 1800, as in the HPA. */
  periodSeconds: number;
}>;
