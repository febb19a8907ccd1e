import type { Instant } from '#domain/time/instant.ts';

/** An instant as AWS writes it: `2026-03-02T09:00:12.331Z`. */
export const isoTime = (instant: Instant): string =>
  // biome-ignore lint/style/noRestrictedGlobals: It writes an instant down; it asks no clock.
  new Date(instant).toISOString();
