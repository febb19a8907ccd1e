/** The unit of a rate, as the file may write it after a number: `45rps`, `45/s`, `45 per second`, `2700rpm`. */
export const RATE_UNIT = String.raw`\s*(?:(?:/\s*|per\s+)(?:s|second|min|minute)|rps|rpm)`;

export type RatePer = 'second' | 'minute';

/** Reads a unit that `RATE_UNIT` matches. */
export const readRateUnit = (words: string): RatePer =>
  /rps|(?:\/|per)\s*s/.test(words) ? 'second' : 'minute';
