import type { Instant } from './instant.ts';

/** A moment to the minute, as every message shows it: `2026-03-02 18:00 UTC`. */
export const describeInstant = (at: Instant): string =>
  // biome-ignore lint/style/noRestrictedGlobals: it puts an instant into words, and asks no clock.
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A moment in full, as ISO 8601 writes it: `2026-03-02T18:00:00.000Z`. */
export const describeExactly = (at: Instant): string =>
  // biome-ignore lint/style/noRestrictedGlobals: it puts an instant into words, and asks no clock.
  new Date(at).toISOString();
