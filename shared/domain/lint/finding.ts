/** Something in the rules that no schema can find, and that will hurt. */
export type Finding = Readonly<{
  code: FindingCode;
  /** Whose rules; `notify` for what is about messages. */
  group: string;
  /** The rules that it is about, in their order. */
  rules: readonly string[];
  /** What was found, in one sentence. */
  message: string;
  /** Why that matters. */
  why: string;
  /** A case in which it shows, with numbers. */
  example: string;
  /** How to mend it. */
  fix: string;
}>;

/** The names are stable, so that scripts and people can rely on them. */
export type FindingCode =
  | 'rules-flap'
  | 'window-longer-than-cooldown'
  | 'cooldown-shorter-than-warmup'
  | 'never-leaves-zero'
  | 'ends-busy-workers'
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
  | 'heals-too-soon'
  | 'too-much-mail';
