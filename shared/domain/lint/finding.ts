/** Something in the rules that no schema can find, and that will hurt. */
export type Finding = Readonly<{
  code: FindingCode;
  /** It hurts nobody as it is, and there is something better. */
  isHint?: true;
  /** The group whose rules it is about; `notify` for messages. */
  group: string;
  /** The rules that it is about, in their order. */
  rules: readonly string[];
  /** The finding in one sentence. */
  message: string;
  /** The reason why it matters. */
  why: string;
  /** A case in which it shows, with numbers. */
  example: string;
  /** The way to fix it. */
  fix: string;
}>;

/** The names are stable, so that scripts and people can rely on them. */
export type FindingCode =
  | 'rules-flap'
  | 'window-longer-than-cooldown'
  | 'cooldown-shorter-than-warmup'
  | 'never-leaves-zero'
  | 'no-value-at-zero'
  | 'ends-busy-workers'
  | 'beyond-maximum'
  | 'share-taken-for-total'
  | 'total-taken-for-share'
  | 'forecast-of-no-demand'
  | 'demand-not-followed'
  | 'not-learned'
  | 'pool-in-vain'
  | 'standby-in-vain'
  | 'blind-when-idle'
  | 'no-rules'
  | 'nobody-is-told'
  | 'never-fires'
  | 'no-floor'
  | 'no-ceiling'
  | 'never-shrinks'
  | 'never-grows'
  | 'removes-too-much'
  | 'period-too-fine'
  | 'looks-in-vain'
  | 'heals-too-soon'
  | 'shared-by-members'
  | 'too-much-mail';
