import { describeInstant } from '#domain/time/describe-instant.ts';
import { describeSeconds } from '#domain/time/describe-seconds.ts';

/** One field of a setting before and after: its path within the setting, and its values as JSON. */
export type FieldChange = Readonly<{ path: string; was?: string; is?: string }>;

/** A field of the configuration, and the key of `tidegate.yml` from which it was made. */
type Word = Readonly<{ field: RegExp; key: string | ((field: string, index: string) => string) }>;

/** The fields that have another name in the file, besides those that only name their unit. */
const WORDS: readonly Word[] = [
  {
    field: /\bhealth\.watched\.(\d+)/,
    key: (_field, index) => (index === '0' ? 'health' : `health.also.${Number(index) - 1}`),
  },
  { field: /\bhealth\.floorCount$/, key: 'health.minHealthy' },
  { field: /\bhealth\.pace\b/, key: 'health.limit' },
  { field: /\bonForeignChange\.hold$/, key: 'onForeignChange.holdSeconds' },
  {
    field: /\blimits\.(\d+)\.periodSeconds$/,
    key: (_field, index) => `limits.${index}.perSeconds`,
  },
  {
    field: /\bscaleOut\.limits\.(\d+)\.amount$/,
    key: (_field, index) => `scaleOut.limits.${index}.add`,
  },
  {
    field: /\bscaleIn\.limits\.(\d+)\.amount$/,
    key: (_field, index) => `scaleIn.limits.${index}.remove`,
  },
  { field: /\bseverities\b/, key: 'severity' },
  { field: /\bquarantine\.seconds$/, key: 'quarantine.forSeconds' },
  { field: /\bquarantine\.isReplaced$/, key: 'quarantine.replacement' },
  { field: /\bwarmPool\.isReused$/, key: 'warmPool.reuse' },
];

/** The choices of the file that the configuration keeps as yes and no. */
const CHOICES: Readonly<Record<string, Readonly<{ true: string; false: string }>>> = {
  'quarantine.replacement': { true: 'launch', false: 'none' },
  'warmPool.reuse': { true: 'on', false: 'off' },
};

/** A change of a field in the words of the file: `scaleOut.cooldown: 3 min → 1 min`. */
export const inWordsOfTheFile = ({ path, was, is }: FieldChange): string => {
  const named = WORDS.reduce((text, word) => renamed(text, word), path);
  const [, key = named, unit] = /^(.+)(Seconds|Percent)$/.exec(named) ?? [];
  const choice = Object.entries(CHOICES).find(([end]) => named.endsWith(end))?.[1];
  const say = (value: string | undefined): string => {
    if (value === undefined) return 'nothing';
    if (value === 'true' || value === 'false') return choice?.[value] ?? value;
    return withUnit(value, unit);
  };
  return `${key === '' ? 'it' : key}: ${say(was)} → ${say(is)}`;
};

const renamed = (text: string, { field, key }: Word): string =>
  typeof key === 'string' ? text.replace(field, key) : text.replace(field, key);

/** No capacity, duration or share is as large as a time in milliseconds since 1970. */
const FIRST_INSTANT = 1e12;

const withUnit = (text: string, unit: string | undefined): string => {
  const number = Number(text);
  if (number > FIRST_INSTANT) return describeInstant(number);
  if (unit === undefined || !Number.isFinite(number)) return text;
  return unit === 'Percent' ? `${text}%` : describeSeconds(number);
};
