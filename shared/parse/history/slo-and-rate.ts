import { err, ok, type Result } from '#domain/basics/result.ts';

/** The limit within which an instance is to work. */
export type Slo =
  | Readonly<{ kind: 'cpu'; percent: number }>
  | Readonly<{ kind: 'p95'; seconds: number }>;

const SLO = /^(cpu|p95)\s*<=?\s*(\d+(?:\.\d+)?)\s*(%|ms|s)?$/;

/** Reads `cpu < 80` or `p95 < 500ms`. */
export const readSlo = (text: string): Result<Slo, string> => {
  const [, kind, said, unit] = SLO.exec(text.trim()) ?? [];
  const number = Number(said);
  if (kind === 'cpu' && (unit ?? '%') === '%' && number > 0 && number <= 100) {
    return ok({ kind, percent: number });
  }
  if (kind === 'p95' && unit === 'ms' && number > 0) return ok({ kind, seconds: number / 1_000 });
  if (kind === 'p95' && unit === 's' && number > 0) return ok({ kind, seconds: number });
  return err(`found "${text}"; expected cpu < 80, from 0 to 100, or p95 < 500ms`);
};

const RATE = /^(\d+(?:\.\d+)?)\s*(?:r|m|req|msg)?(?:ps|\/s|pm|\/min)$/;

/** Reads `45rps`, `45/s` or `2700/min` as requests or messages a second. */
export const readRate = (text: string): Result<number, string> => {
  const [whole, said] = RATE.exec(text.trim()) ?? [];
  const number = Number(said) / (/(?:pm|\/min)$/.test(whole ?? '') ? 60 : 1);
  return number > 0
    ? ok(number)
    : err(`found "${text}"; expected a rate such as 45rps or 2700/min`);
};
