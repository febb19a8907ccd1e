import type { Instant } from '#domain/time/instant.ts';

/**
 * A time with its offset; undefined for anything else. CloudWatch writes the offset without a colon,
 * `+0000`: strict readers of ISO 8601 refuse that, and V8's reader accepts it along with much else.
 */
export const parseInstant = (text: string): Instant | undefined => {
  const at = FORMAT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};

const FORMAT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)$/;
