/** A request and its answer, as the client saw them. Times of a course are milliseconds from its begin. */
export type Sent = Readonly<{
  /** The moment of the answer, or of the end of waiting for one. */
  at: number;
  ms: number;
  /** The status of the answer; 0 when none came. */
  status: number;
}>;

/** The fleet at one moment. */
export type Look = Readonly<{
  at: number;
  /** The desired capacity of the Auto Scaling group. */
  desired: number;
  /** Instances that the load balancer sends requests to, as their checks pass. */
  healthy: number;
  /** Instances that fail their checks. */
  unhealthy: number;
}>;

/** Something that happened, for the time line. */
export type Mark = Readonly<{ at: number; text: string }>;

/** A call by which Tidegate took a target out or marked its instance. */
export type Removal = Readonly<{
  at: number;
  call: 'DeregisterTargets' | 'SetInstanceHealth';
  id: string;
}>;

/** A message that the channel got: its headline, and all of it as it was sent. */
export type Told = Mark & Readonly<{ body: string }>;

/** Everything that was seen of a drill; thresholds judge nothing else. */
export type Course = Readonly<{
  requests: readonly Sent[];
  looks: readonly Look[];
  removals: readonly Removal[];
  messages: readonly Told[];
  /** The moments at which the load balancer sent a request to the instance that an accident struck. */
  toStruck: readonly number[];
  marks: readonly Mark[];
  /** The longest time that this process waited for a processor, in milliseconds: over a second is a machine too busy. */
  lagMs: number;
}>;

/** The course of a drill that did not run. */
export const NOTHING: Course = {
  requests: [],
  looks: [],
  removals: [],
  messages: [],
  toStruck: [],
  marks: [],
  lagMs: 0,
};

export const SECOND_MS = 1_000;

export const isFailed = ({ status }: Sent): boolean => status === 0 || status >= 500;
