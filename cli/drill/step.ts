/** A hop of a drill: whether it was passed, how long after the start, and what to do if it was not. */
export type DrillStep = Readonly<{
  hop: string;
  isPassed: boolean;
  /** Milliseconds since the message was sent; absent while it is not passed. */
  afterMs?: number;
  /** The finding there, in a few words. */
  detail: string;
  /** The next step, where it was not passed. */
  help?: string;
}>;

/** A hop that was passed. */
export const passed = (hop: string, afterMs: number, detail: string): DrillStep => ({
  hop,
  isPassed: true,
  afterMs: Math.max(0, afterMs),
  detail,
});

/** A hop that was not passed, at least so far. */
export const missed = (hop: string, detail: string, help: string): DrillStep => ({
  hop,
  isPassed: false,
  detail,
  help,
});
