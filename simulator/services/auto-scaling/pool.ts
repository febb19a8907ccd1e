import type { PoolSettings } from '#domain/observed/warm-pool.ts';
import type { Instant } from '#domain/time/instant.ts';

/** An instance in a warm pool. */
export type Pooled = Readonly<{
  /** It is shown from then on; one that was in service drains before. */
  enteredAt: Instant;
  /** It has been started once, prepared and stopped: `Warmed:Stopped`, after `Warmed:Pending`. */
  readyAt: Instant;
}>;

/** A warm pool as it really is. */
export type Pool = { settings: PoolSettings; instances: Pooled[] };
