import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ROOMS, type Room } from './borders/rooms.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const page = read('docs/architecture.md');
const aliases = (JSON.parse(read('package.json')) as { imports: Record<string, string> }).imports;

/** The part of the page under a heading, up to the next heading of the same depth. */
const under = (heading: string): string =>
  page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

const walk = (heading: string) =>
  [...under(heading).matchAll(/^\d+\. \[(\S+)\]\(\.\.\/(\S+)\): (.+)$/gm)].map(
    ([, name = '', target, line = '']) => ({ name, target, line }),
  );

/** The path in the repository that an import means: by alias, or beside the file that imports. */
const resolved = (from: string, specifier: string): string => {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
  const room = Object.keys(aliases).find((each) => specifier.startsWith(each.replace('*', '')));
  if (room === undefined) return specifier;
  const rest = specifier.slice(room.length - 1);
  return normalize(aliases[room]?.replace('*', rest) ?? specifier);
};

const importsOf = (file: string): readonly string[] =>
  [...read(file).matchAll(/ from '([^']+)'/g)].map(([, specifier = '']) =>
    resolved(file, specifier),
  );

describe.each([
  ['The alarm path', 'functions/scale/handler.ts', 'shared/aws/auto-scaling/set-capacity.ts'],
  ['The healing path', 'functions/heal/handler.ts', 'shared/aws/auto-scaling/mark-unhealthy.ts'],
  ['The telling path', 'functions/notify/handler.ts', 'shared/channels/channels.ts'],
])('%s', (heading, entry, effect) => {
  const path = walk(heading);
  const names = path.map(({ name }) => name);

  test('is named file by file, from the entry to the effect', () => {
    expect(names[0]).toBe(entry);
    expect(names).toContain(effect);
    expect(names).toEqual([...new Set(names)]);
    expect(path.filter(({ name, target }) => name !== target)).toEqual([]);
  });

  test('names files that exist', () => {
    expect(names.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  });

  test('is a path: each file after the first is imported by one before it', () => {
    const orphans = names.filter((name, index) => {
      const before = names.slice(0, index);
      return index > 0 && !before.some((each) => importsOf(each).includes(name));
    });

    expect(orphans).toEqual([]);
  });
});

describe('the numbers that one walk gives for files of another', () => {
  const alarm = walk('The alarm path').map(({ name }) => name);
  const named = (numbers: readonly number[]) =>
    numbers.map((number) => alarm[number - 1]?.split('/').at(-1));

  test('name files of the alarm path that serve healing', () => {
    expect(under('The healing path')).toContain(
      'Files 2 to 4, 6, 7, 9, 11, 13, 22 and 25 to 29 of',
    );
    expect(named([2, 3, 4, 6, 7, 9, 11, 13, 22, 25, 26, 27, 28, 29])).toEqual([
      'sqs-handler.ts',
      'evaluation-message.ts',
      'alarm-event.ts',
      'group-index.ts',
      'evaluate-groups.ts',
      'ledger.ts',
      'memory.ts',
      'retry-lost-race.ts',
      'write-if-unchanged.ts',
      'refusal.ts',
      'settle.ts',
      'tell.ts',
      'publish.ts',
      'end-message.ts',
    ]);
  });

  test('name files of the alarm path that serve telling', () => {
    expect(under('The telling path')).toContain('Files 2, 4 and 29 of');
    expect(named([2, 4, 29])).toEqual(['sqs-handler.ts', 'alarm-event.ts', 'end-message.ts']);
  });

  test('name files of the alarm path where decisions part ways', () => {
    const { length } = [...under('The alarm path').matchAll(/\b(?:within|beside|from|and) \d+\b/g)];
    expect(length).toBe(6);
    expect(named([8, 12, 14, 17, 24])).toEqual([
      'observe-groups.ts',
      'scale-group.ts',
      'decide-capacity.ts',
      'apply-gates.ts',
      'set-capacity.ts',
    ]);
  });
});

describe('the table of rooms', () => {
  const DOMAIN = ROOMS.map(({ alias }) => alias).filter((alias) => alias.startsWith('#domain/'));

  /** The imports of a room, as the page says them: whole domains by what is missing of them. */
  const sayMay = ({ may }: Room): string => {
    const ofDomain = may.filter((name) => name.startsWith('#domain/'));
    const others = may.filter((name) => !name.startsWith('#domain/'));
    const missing = DOMAIN.filter((alias) => !ofDomain.includes(alias));
    const isLong = ofDomain.length > missing.length;
    const exceptions = missing.length === 0 ? '' : ` but ${list(missing)}`;
    const domain = isLong ? [`\`domain\`${exceptions}`] : ofDomain.map(code);
    return [...others.map(code), ...domain].join(', ') || 'nothing';
  };
  const code = (name: string): string => `\`${name.replace(/^#/, '')}\``;
  const list = (names: readonly string[]): string => names.map(code).join(', ');

  test('has a row for each room, with what it may import', () => {
    const rows = [...under('The rooms').matchAll(/^\| `([^`]+)` \| ([^|]+) \| (.+) \|$/gm)];

    expect(rows.map(([, folder, , may]) => `${folder}: ${may}`)).toEqual(
      ROOMS.map((room) => `${room.folder}: ${sayMay(room)}`),
    );
  });
});
