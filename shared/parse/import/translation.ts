/** A rule, a metric or a part of one, as people write it in `tidegate.yml`. */
export type Written = Readonly<Record<string, unknown>>;

/** The group that a peer's policies become rules of. */
export type ImportTarget = Readonly<{
  /** The name that the peer has for what it scales; the group is named after it. */
  name: string;
  autoScalingGroup: string;
  /** The reason why the name of the Auto Scaling group is only a guess. */
  assumed?: string;
}>;

/** Something that a fragment does not say as the peer said it. */
export type ImportNote = Readonly<{
  /** `left-out`: nothing was made of it. `differs`: the rule that was made does something else. */
  kind: 'left-out' | 'differs';
  file: string;
  /** The policy, trigger or check, and the key of it. */
  about: string;
  /** It says what has no equal. */
  message: string;
  why: string;
}>;

export type ImportedMetric = Readonly<{ name: string; definition: Written; comments?: Comments }>;

/** A rule that is finished once its metrics have their names in the group. */
export type ImportedRule = Readonly<{
  name: string;
  file: string;
  about: string;
  metrics: readonly ImportedMetric[];
  write: (names: readonly string[]) => Written;
  comments: Comments;
  /** The peer still acts on the group: the rule is only to be compared with it. */
  isShadow: boolean;
}>;

/** Sentences above a line of the file. */
type Comments = readonly string[];

export type PaceSide = 'scaleOut' | 'scaleIn';

/** One wish about `behavior`, with its reason; the longest of several times counts. */
export type ImportedPace =
  | Readonly<{ key: 'warmup'; value: number; because: string }>
  | Readonly<{
      side: PaceSide;
      key: 'cooldown' | 'stabilize' | 'tolerance';
      /** Seconds, or percent of a tolerance. */
      value: number;
      because: string;
      /** The default stays unless it is less. */
      isAtLeast?: true;
    }>
  | Readonly<{ side: PaceSide; key: 'limits'; value: readonly Written[]; because: string }>
  | Readonly<{ side: PaceSide; key: 'select'; value: string; because: string }>;

/** `health` of a group, and the reason for it. */
export type ImportedHealth = Readonly<{ value: Written; because: string }>;

/** All that was made of a policy, or of several that say one thing together. */
export type Translation = Readonly<{
  target: ImportTarget;
  bounds?: Readonly<{ min?: number | undefined; max?: number | undefined }>;
  rules?: readonly ImportedRule[];
  paces?: readonly ImportedPace[];
  notes?: readonly ImportNote[];
  health?: ImportedHealth;
}>;
