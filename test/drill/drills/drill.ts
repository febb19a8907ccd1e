import type { Threshold } from '#test/drill/judge/threshold.ts';

/** A stretch of load: from one rate to another, evenly. */
export type Stage = Readonly<{
  seconds: number;
  /** Requests a second at its begin and at its end. */
  from: number;
  to: number;
  /** Time that each request takes in the application, in milliseconds; 600 when absent. */
  waitMs?: number;
}>;

/** Hands of an accident on the running fleet. */
export type Scene = Readonly<{
  /** Kills the process of one instance, and its machine with it. */
  endOne: () => Promise<void>;
  /** Stops the process of one instance where it stands: it accepts connections and answers none. */
  freezeOne: () => Promise<void>;
  /** Lets no launch of the group succeed, as when a zone has no capacity left. */
  failLaunches: () => Promise<void>;
  letLaunch: () => Promise<void>;
  takeDatabaseAway: () => Promise<void>;
  giveDatabaseBack: () => Promise<void>;
}>;

export type Accident = Readonly<{
  atSeconds: number;
  says: string;
  happen: (scene: Scene) => Promise<void>;
}>;

/** A course of load and accidents, and what it expects of the fleet. */
export type Drill = Readonly<{
  name: string;
  /** One sentence for the list of drills. */
  says: string;
  /** Instances that serve at the begin. */
  instances: number;
  load: readonly Stage[];
  accidents: readonly Accident[];
  expects: readonly Threshold[];
}>;

/** The time that a request takes when its stage says nothing else. */
export const USUAL_WAIT_MS = 600;

export const secondsOf = ({ load }: Pick<Drill, 'load'>): number =>
  load.reduce((sum, { seconds }) => sum + seconds, 0);
