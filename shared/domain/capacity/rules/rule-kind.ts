import type { GroupObservation } from '../observation.ts';
import type { Recommendation } from '../recommendation.ts';
import type { Turn } from './turning-point.ts';

/** A kind of rule has in one value all that it does. Of what can be read off a rule alone, configuration/rule.ts has the table. */
export type RuleKind<R> = Readonly<{
  /** It recommends a capacity, abstains or is blind; bounds and cooldowns are left to the gates. */
  recommend: (rule: R, observation: GroupObservation) => Recommendation;
  /** At 0 units: `able` if it may ever ask for more, why it never does, or nothing when it never means to. */
  atZero: (rule: R, observation: GroupObservation) => string | undefined;
  /** It says what the rule makes of 0 units whatever it sees, as far as its text tells. */
  fromZero: (rule: R) => FromZero;
  /** The values of metrics at which it begins to ask for an adjustment. */
  turns: (rule: R) => readonly Turn[];
  /** The lines that a chart of its metrics has, in its words. */
  marks: (rule: R) => readonly ChartMark[];
  /** It puts into a sentence what the rule wants: `while cpu > 70 for 5m, add 2`. */
  describe: (rule: R) => string;
}>;

export type FromZero =
  | Readonly<{ makes: 'able' | 'share-of-nothing' }>
  | Readonly<{ makes: 'division-by-zero' | 'multiple-of-zero'; formula: string }>;

export type ChartMark = Readonly<{ metric: string; value: number; label: string }>;
