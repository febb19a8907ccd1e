/** The settings of `tidegate.yml` for a warm pool of stopped instances. */
export type WarmPoolSettings = Readonly<{
  /** From the start of a stopped instance until it serves, in seconds. */
  wakeSeconds: number;
  /** Instances that leave on the way in are stopped and kept; else they are terminated. */
  isReused: boolean;
}>;
