import type { OutcomeKind } from '#domain/ledger/outcome.ts';
import type { Override } from '#domain/ledger/override.ts';
import type { GroupStatus } from '#domain/status/group-status.ts';
import type { Instant } from '#domain/time/instant.ts';

/** All that the page shows. A report has it inside; a live page asks for it again and again. */
export type PageData = Readonly<{
  title: string;
  /** The deployment, or the simulation, in a sentence. */
  subtitle: string;
  /** The moment that the page shows. */
  now: Instant;
  /** Matters of the whole deployment that somebody should know: a late sweep, a broken channel, an open alarm. */
  notices: readonly Notice[];
  groups: readonly GroupData[];
  /** Things that happened to the fleet. */
  events: readonly WorldEvent[];
  figures: readonly Figure[];
  /** Present where a person can act. */
  controls?: Controls;
}>;

export type Notice = Readonly<{ tone: 'warn' | 'bad'; text: string }>;

export type WorldEvent = Readonly<{ at: Instant; text: string }>;

export type Figure = Readonly<{ name: string; value: string }>;

/** One group: its state, its time line, its decisions. */
export type GroupData = Readonly<{
  name: string;
  autoScalingGroup: string;
  /** Absent in a report, whose time is over, and where the group could not be seen. */
  status?: GroupStatus;
  /** The reason why the group could not be seen. */
  unseen?: string;
  /** The time line: each chart has a value for each of these moments. */
  times: readonly Instant[];
  charts: readonly Chart[];
  marks: readonly Mark[];
  /** The newest override, in force or over. */
  override?: Override;
}>;

/** One plot over the time line. */
export type Chart = Readonly<{
  title: string;
  unit: string;
  /** `marks` has the decisions on it. */
  kind: 'demand' | 'marks' | 'metric' | 'latency';
  isLogarithmic?: true;
  lines: readonly Line[];
  /** Values at which rules begin to act, or beyond which service is too slow. */
  thresholds: readonly Threshold[];
}>;

export type Line = Readonly<{
  name: string;
  /**
   * `area` is filled down to zero, `step` holds each value until the next, `dashes` is a bound, `band` is filled and lies on
   * the line before it.
   */
  style: 'area' | 'step' | 'line' | 'dashes' | 'band';
  /** `null` where a value is missing. */
  values: readonly (number | null)[];
}>;

/** A value at which a rule begins to ask for something. */
export type Threshold = Readonly<{
  value: number;
  label: string;
  /** It is a bound of the capacity, and shown only where it is in the picture. */
  isBound?: true;
}>;

/** A recorded decision. */
export type Mark = Readonly<{
  at: Instant;
  id: string;
  /** `planned` is in flight: nobody knows yet how it ended. */
  kind: OutcomeKind | 'planned';
  /** The decision's one sentence. */
  summary: string;
  reason: string;
  /** The change of capacity that it decided; absent of holds, and of decisions about targets. */
  change?: Readonly<{ from: number; to: number }>;
  /** Present on trouble that people had been told of before: nobody was told again. */
  isKnown?: true;
  /** Present where the page has it inside. */
  story?: StoryText;
}>;

/** A decision as `tidegate why` tells it. */
export type StoryText = Readonly<{
  title: string;
  byline: string;
  /** Lines by the word that they stand under: seen, rules, together, gates, then, told, file. */
  parts: readonly StoryPart[];
}>;

export type StoryPart = Readonly<{ word: string; texts: readonly string[] }>;

/** The acts that the page offers. */
export type Controls = Readonly<{
  /** The name under which overrides are set. */
  user: string;
  /** Present on a simulated fleet. */
  simulation?: Simulation;
}>;

export type Simulation = Readonly<{
  /** Simulated seconds in a second; 0 while time stands still. */
  speed: number;
  speeds: readonly number[];
  /** Accidents that a person can cause. */
  troubles: readonly Trouble[];
  /** The text of the rules that are in force. */
  rules: string;
}>;

/** An accident that a person can cause to a group. */
export type Trouble = Readonly<{ name: string; label: string; hint: string }>;

/** The wish of a person at the page; texts are as they were typed. */
export type PageAction =
  | Readonly<{ kind: 'pause'; group: string; for: string; reason: string }>
  | Readonly<{ kind: 'pin' | 'cap'; group: string; capacity: number; for: string; reason: string }>
  | Readonly<{ kind: 'resume'; group: string; reason: string }>
  | Readonly<{ kind: 'speed'; speed: number }>
  | Readonly<{ kind: 'trouble'; group: string; name: string }>
  | Readonly<{ kind: 'rules'; text: string }>;

/** The answer to an action: a sentence, and the way out when it was refused. */
export type PageAnswer = Readonly<{ isDone: boolean; text: string; help?: string }>;
