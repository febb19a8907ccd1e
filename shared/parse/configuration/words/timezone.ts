import { ok } from '#domain/basics/result.ts';
import { quote } from '../describe-value.ts';
import { complain } from '../fault.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { textWords, type Words } from './words.ts';

const EXPECTED =
  'UTC, or a time zone of the IANA database that is named after an area and a place, such as Europe/Berlin';

/** `Europe/Berlin` or `UTC`; abbreviations and offsets know nothing of summer time, or are read in more than one way. */
export const timezone: Words<string> = textWords({
  expected: EXPECTED,
  schema: { examples: ['Europe/Berlin', 'America/New_York', 'UTC'] },
  read: (text) => {
    if (isTaken(text)) return ok(text);

    const message = `found ${quote(text)}`;
    return complain({
      code: 'bad-value',
      message,
      expected: EXPECTED,
      ...didYouMean(meantBy(text.trim().replace(/\s+/g, '_'))),
    });
  },
});

const isTaken = (text: string): boolean => text === 'UTC' || (text.includes('/') && isZone(text));

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const meantBy = (name: string): string | undefined => {
  const usual = USUAL.get(name.toUpperCase());
  if (usual !== undefined) return usual;
  if (isTaken(name)) return name;

  const place = ZONES.find((zone) => zone.toLowerCase().endsWith(`/${name.toLowerCase()}`));
  const area = nearest(name.split('/')[0] as string, AREAS);
  return (
    place ??
    (area &&
      nearest(
        name,
        ZONES.filter((zone) => zone.startsWith(`${area}/`)),
      ))
  );
};

const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');
const AREAS = [...new Set(ZONES.map((zone) => zone.split('/')[0] as string))];

/** Abbreviations and old names whose place is the one that people mean by them nearly always. */
const USUAL: ReadonlyMap<string, string> = new Map(
  Object.entries({
    UTC: 'UTC Z ZULU UCT GMT UNIVERSAL GREENWICH',
    'Europe/Berlin': 'CET CEST MET MEZ MESZ',
    'Europe/London': 'BST',
    'Europe/Athens': 'EET EEST',
    'Europe/Lisbon': 'WET WEST',
    'America/New_York': 'EST EDT EST5EDT',
    'America/Chicago': 'CDT CST6CDT',
    'America/Denver': 'MST MDT MST7MDT',
    'America/Los_Angeles': 'PST PDT PST8PDT',
    'Asia/Tokyo': 'JST JAPAN',
    'Asia/Singapore': 'SGT SINGAPORE',
  }).flatMap(([zone, names]) => names.split(' ').map((name) => [name, zone] as const)),
);
