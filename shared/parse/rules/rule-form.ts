import type * as z from 'zod';
import type { Rule } from '#domain/configuration/rule.ts';
import type { OnMissing } from '#domain/configuration/rule-parts.ts';
import type { Fault, Path } from '#parse/configuration/fault.ts';
import type { GroupParts } from '#parse/configuration/group-parts.ts';
import type { ConditionInput } from '#parse/configuration/words/when.ts';
import type { Loose } from '#parse/record/loose.ts';

/** A schema of a mapping that makes a `T`, with its keys one by one. */
export type Shaped<T> = z.ZodType<T> & Readonly<{ shape: z.ZodRawShape }>;

/** The form of a kind of rule: how it is written in `tidegate.yml` and in a record, in one value. */
export type RuleForm<R extends Rule, Input> = Readonly<{
  /** The key by which a rule says that it is of this kind. */
  mark: string;
  /** The keys of the rule in `tidegate.yml`. */
  schema: Shaped<Input>;
  /** It checks what no schema sees: names, references, and how values go together. */
  check: (given: Partial<Input>, spot: RuleSpot) => readonly Fault[];
  /** The condition from which the deployment makes an alarm, if the rule has one. */
  condition: (given: Partial<Input>) => ConditionInput | undefined;
  /** It turns the rule into what the engine knows, without the parts that all rules have. */
  normalise: (input: Input, place: RulePlace) => Omit<R, 'name' | 'isShadow' | 'ballot'>;
  /** The rule in the record of a decision. */
  record: z.ZodType<Loose<R>> & z.core.$ZodTypeDiscriminable<'kind'>;
}>;

/** The place of a rule in the file, and what it may refer to there. */
export type RuleSpot = Readonly<{ path: Path; group: GroupParts }>;

/** The place of a rule in a deployment. */
export type RulePlace = Readonly<{
  /** The beginning of the names of all alarms of the deployment. */
  prefix: string;
  group: string;
  rule: string;
  /** It looks up the length of a period of a metric of the group. */
  periodSeconds: (metric: string) => number;
  /** It tells whether a metric of the group counts what came within its period. */
  isCount: (metric: string) => boolean;
  /** The group's default for rules without data, unless they say it themselves. */
  onMissing: OnMissing;
  /** Set in a fleet: the deployment makes no alarm for groups that it does not know. */
  isOfFleet?: true;
}>;
