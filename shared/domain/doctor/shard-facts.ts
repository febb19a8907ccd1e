/** The shards of the sweep that nobody looked at in the last hour. */
export type ShardFacts = Readonly<{
  /** Count of those that came too late. */
  dropped: number;
  /** The most that lay in the dead-letter queue at a time. */
  deadLetters: number;
  /** The name of that queue. */
  deadLetterQueue: string;
}>;
