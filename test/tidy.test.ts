import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

type Rule = Readonly<{
  rule: string;
  /** A pattern that a line of a file has when it breaks the rule. */
  finds: RegExp;
  /** A line that breaks the rule, and one like it that does not. */
  broken: string;
  sound: string;
  /** The files that it is about. */
  about: RegExp;
}>;

const SOURCES = /\.(tsx?|mjs|js)$/;
/** The lockfile, and the two tests that must spell out what is forbidden. */
const EXEMPT = ['package-lock.json', 'test/borders.test.ts', 'test/tidy.test.ts'];

const RULES: readonly Rule[] = [
  {
    rule: 'no file carries a note about unfinished work',
    finds: /\b(?:TODO|FIXME|XXX|HACK|WIP)\b/,
    broken: '// TODO: later',
    sound: 'const TODOS = 3;',
    about: /./,
  },
  {
    rule: 'no file carries a conflict that a merge left behind',
    finds: /^(?:<{7} |={7}$|>{7} )/,
    broken: '<<<<<<< HEAD',
    sound: '========',
    about: /./,
  },
  {
    rule: 'no file knows a directory of one machine',
    finds: /(?<![\w.:/-])\/(?:home|root|Users|work)\/\w/,
    broken: "cd '/home/ada'",
    sound: 'see .github/workflows and https://example.com/home/page',
    about: /./,
  },
  {
    rule: 'no object literal is spread into another: its fields are written out',
    finds: /\.\.\.\{ *[\w'"[]/,
    broken: 'const a = { ...{ b, c }, d };',
    sound: 'const a = { ...b, ...(c ? { c } : {}) };',
    about: SOURCES,
  },
  {
    rule: 'a comment begins with the thing that it is about',
    finds: /\/\*\* (?:What|Who|Whom|Whose|Whether|How|Where|Why|That|Which)\b/,
    broken: '/** How often the call was tried. */',
    sound: '/** Count of attempts at the call. */',
    about: SOURCES,
  },
  {
    rule: 'zod is imported as a namespace: its object of everything brings the words of forty languages',
    finds: /import \{[^}]*\} from 'zod'/,
    broken: "import { z } from 'zod';",
    sound: "import * as z from 'zod';",
    about: SOURCES,
  },
  {
    rule: 'a test takes the doubles of AWS that end with its file: the files of a process share the classes of its clients',
    finds: /import \{ mockClient \} from 'aws-sdk-client-mock'/,
    broken: "import { mockClient } from 'aws-sdk-client-mock';",
    sound: "import { mockClient } from '#test/support/mock-client.ts';",
    about: /^test\/(?!bench\/).*\.ts$/,
  },
  {
    rule: 'an import climbs only at its start',
    finds: /(?:from|import)\s*\(?'(?:\.\/\.\.|[^']*\/[\w-]+\/\.\.)\//,
    broken: "import { a } from '../app/../aws/a.ts';",
    sound: "import { a } from '../../aws/a.ts';",
    about: SOURCES,
  },
  {
    rule: 'no check is switched off for a file or without a reason',
    finds:
      /(?:biome-ignore-(?:all|start)|(?:eslint|oxlint)-disable|istanbul ignore|@ts-(?:ignore|nocheck))/,
    broken: '// @ts-nocheck',
    sound: '// biome-ignore lint/style/useConst: the reason',
    about: SOURCES,
  },
];

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));

/** The lines of a file; the first words of a long comment stand where it begins. */
const linesOf = (path: string): string[] =>
  readFileSync(path, 'utf8')
    .replaceAll(/\/\*\*\n *\* (.*)/g, '/** $1\n')
    .split('\n');

const placesOf = ({ finds, about }: Rule): string[] =>
  files
    .filter((path) => about.test(path) && !EXEMPT.includes(path))
    .flatMap((path) =>
      linesOf(path).flatMap((line, at) => (finds.test(line) ? [`${path}:${at + 1}`] : [])),
    );

describe('text', () => {
  test.each(RULES)('$rule', (rule) => {
    expect(rule.finds.test(rule.broken)).toBe(true);
    expect(rule.finds.test(rule.sound)).toBe(false);
    expect(placesOf(rule)).toEqual([]);
  });
});

describe('names', () => {
  const isVague = (path: string): boolean =>
    /(?:^|\/)(?:utils?|helpers?|common|misc|lib)\/|(?:^|\/)(?:index|utils?|helpers?)\.\w+$/.test(
      path,
    );

  test.each([
    { path: 'shared/utils/a.ts', vague: true },
    { path: 'cli/index.ts', vague: true },
    { path: 'shared/domain/capacity/narrowed-bounds.ts', vague: false },
    { path: 'docs/libraries.md', vague: false },
  ])('$path is vague: $vague', ({ path, vague }) => {
    expect(isVague(path)).toBe(vague);
  });

  test('every folder and file says what is in it', () => {
    expect(files.filter(isVague)).toEqual([]);
  });
});

describe('types', () => {
  /** Types that a text declares, by name; what it imports and exports again is not declared there. */
  const typesIn = (text: string): readonly string[] =>
    [...text.matchAll(/^(?:export )?(?:type|interface) (\w+)(?:<[^\n]*>)?(?: =| \{|$)/gm)].map(
      ([, name = '']) => name,
    );

  test('a declaration is found, an import is none', () => {
    const text = "import type { A } from './a.ts';\ntype B = A;\nexport interface C<T> {}\n";

    expect(typesIn(text)).toEqual(['B', 'C']);
  });

  test('no name stands for two types in shared', () => {
    const places = new Map<string, readonly string[]>();
    for (const path of files.filter((file) => file.startsWith('shared/'))) {
      for (const name of typesIn(readFileSync(path, 'utf8'))) {
        places.set(name, [...(places.get(name) ?? []), path]);
      }
    }

    expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([]);
  });
});

describe('links', () => {
  const deadLinksIn = (path: string, text: string): string[] =>
    [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)/g)]
      .map(([, target = '']) => join(dirname(path), target))
      .filter((target) => !existsSync(target))
      .map((target) => `${path} → ${target}`);

  test('a link to a file that is not there is found', () => {
    const text = '[licence](../LICENSE#mit) [site](https://example.com/x) [gone](gone.md#here)';

    expect(deadLinksIn('docs/page.md', text)).toEqual(['docs/page.md → docs/gone.md']);
  });

  test('every link in a page leads to a file', () => {
    const pages = files.filter((path) => path.endsWith('.md'));

    expect(pages.flatMap((page) => deadLinksIn(page, readFileSync(page, 'utf8')))).toEqual([]);
  });
});

describe('dependencies', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const versions: Record<string, string> = { ...dependencies, ...devDependencies };

  test('each is pinned to one version', () => {
    const exact = /^(?:npm:[\w@/-]+@)?\d+\.\d+\.\d+$/;

    expect(Object.entries(versions).filter(([, version]) => !exact.test(version))).toEqual([]);
  });

  test('each has its line in docs/dependencies.md, and no line outlives its dependency', () => {
    const explained = linesOf('docs/dependencies.md').flatMap(
      (line) => /^\| `([^`]+)` \|/.exec(line)?.[1] ?? [],
    );

    expect(explained.sort()).toEqual(Object.keys(versions).sort());
  });

  test('each that has a script for its installation is denied to run it', () => {
    const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    const named = Object.entries(packages as Record<string, { hasInstallScript?: boolean }>)
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));

    expect(allowScripts).toEqual(Object.fromEntries(named.map((name) => [name, false])));
  });

  test('the lockfile names no place but the public registry', () => {
    const urls = linesOf('package-lock.json').filter((line) => /"resolved"|:\/\//.test(line));
    const isPublic = (line: string): boolean =>
      /"resolved": "https:\/\/registry\.npmjs\.org\//.test(line) || /"url": "https:/.test(line);

    expect(urls.filter((line) => !isPublic(line))).toEqual([]);
  });
});
