import type { HoldingGate } from '#domain/status/holding-gates.ts';
import type { MetricStatus, RuleStatus } from '#domain/status/rule-status.ts';
import { describeInstant } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';
import type { Instant } from '#domain/time/instant.ts';
import type { GroupData } from './data.ts';

export type Tone = 'calm' | 'out' | 'in' | 'warn' | 'bad' | 'held';

/** The state of a group in a word or two, for the sign beside its name. */
export const badgeOf = ({ status, unseen }: GroupData): Readonly<{ tone: Tone; text: string }> => {
  if (unseen !== undefined) return { tone: 'bad', text: 'not seen' };
  if (status === undefined) return { tone: 'calm', text: 'over' };
  const { override, incidents, next, health } = status;
  if (override !== undefined) return { tone: 'held', text: OVERRIDES[override.kind] };
  if (incidents.length > 0) return { tone: 'bad', text: 'needs you' };
  if (next.to > next.from) return { tone: 'out', text: `growing to ${next.to}` };
  if (next.to < next.from) return { tone: 'in', text: `shrinking to ${next.to}` };
  if (next.reason === 'AtMaximum') return { tone: 'warn', text: 'at its maximum' };
  if ((health?.sick.length ?? 0) > 0) return { tone: 'warn', text: 'sick targets' };
  if (status.gates.length > 0) return { tone: 'warn', text: 'waits' };
  return { tone: 'calm', text: 'steady' };
};

const OVERRIDES = { pause: 'paused', pin: 'pinned', cap: 'capped' } as const;

/** The place of a bar's end and of its thresholds, in percent; the bar ends a fifth beyond the largest threshold. */
export const gaugeOf = ({
  value,
  marks,
}: Pick<MetricStatus, 'value' | 'marks'>): Readonly<{ fill: number; ticks: readonly number[] }> => {
  const largest = Math.max(0, ...marks);
  const scale = (largest === 0 ? Math.abs(value ?? 1) : largest) * 1.2 || 1;
  const share = (of: number): number => Math.min(100, Math.max(0, Math.round((of / scale) * 100)));
  return { fill: share(value ?? 0), ticks: marks.map((mark) => share(mark)) };
};

/** The answer of a rule, in words. */
export const answerOf = ({ answer, capacity, detail, isShadow }: RuleStatus): string => {
  const shadow = isShadow ? 'in shadow, ' : '';
  switch (answer) {
    case 'recommends':
      return `${shadow}asks for ${capacity}: ${detail}`;
    case 'abstains':
      return `${shadow}asks for nothing: ${detail}`;
    case 'blind':
      return `${shadow}is blind: ${detail}`;
    case 'fails':
      return `${shadow}lets nothing move: ${detail}`;
  }
};

/** A gate that stands in the way, and for how much longer. */
export const gateText = (
  { stage, verdict, detail, capacity, until }: HoldingGate,
  now: Instant,
): string => {
  const left = until === undefined ? '' : ` for ${timeLeft(until, now)} more`;
  return verdict === 'hold'
    ? `${stage} holds${left}: ${detail}`
    : `${stage} allows ${capacity}${left}: ${detail}`;
};

/** The time until an end: `1 min 55 s`. */
export const timeLeft = (until: Instant, now: Instant): string =>
  describeSeconds(Math.max(0, Math.ceil((until - now) / 1_000)));

/** Health, in sentences: who is sick, out, on probation, and in quarantine. */
export const healthTexts = ({ status }: GroupData): readonly string[] => {
  if (status?.healthUnseen !== undefined) return [`not seen: ${status.healthUnseen}`];
  const { health, at = 0 } = status ?? {};
  if (health === undefined) return [];
  const { registered, healthy, sick, out, onProbation, inQuarantine, next } = health;
  return [
    `${healthy} of ${registered} targets healthy; ${next.summary}`,
    ...sick.map(
      ({ target, since, cause }) =>
        `sick for ${describeSeconds(Math.max(0, Math.floor((at - since) / 1_000)))}: ${target}, ${cause}`,
    ),
    ...out.map(({ target, until }) => `out: ${target}, tried again at ${describeInstant(until)}`),
    ...onProbation.map(
      ({ target, until }) => `on probation until ${describeInstant(until)}: ${target}`,
    ),
    ...(inQuarantine === undefined
      ? []
      : [`in quarantine until ${describeInstant(inQuarantine.until)}: ${inQuarantine.instance}`]),
  ];
};
