/** The settings of `tidegate.yml` for a warm pool of stopped instances. */
export type WarmPoolSettings = Readonly<{
  /** From the start of a stopped instance until it serves, in seconds. */
  wakeSeconds: number;
  /** The last day of the history that it was learned from; absent when the file says it, or nothing is learned yet. */
  learnedOn?: string;
  /** Instances that leave on the way in are stopped and kept; else they are terminated. */
  isReused: boolean;
}>;

/** The seconds that count for a start while no history says how long one takes. */
export const UNLEARNED_WAKE_SECONDS = 60;
