import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { biomeBorders } from './borders/biome-borders.ts';
import { ROOMS, type Room } from './borders/rooms.ts';
import { type Finding, lintPlanted } from './support/lint-planted.ts';

/** A package of each kind that some room may import, and two that none may. */
const PACKAGES = [
  ...new Set(
    ROOMS.flatMap(({ may }) => may)
      .filter((name) => !name.startsWith('#'))
      .map((name) => name.replace(/\*+/g, 'some')),
  ),
  'jest',
  'osls',
];

const ALIASES = [...ROOMS.map(({ alias }) => alias), '#test/support'];

const DOMAIN = 'shared/domain/capacity';
const SIMULATOR = 'simulator/services';

const planted: Record<string, string> = {};

/** Plants one file of the given lines and gives back its path. */
const plant = (folder: string, name: string, lines: readonly string[]): string => {
  const path = `${folder}/${name}.ts`;
  planted[path] = `${lines.join('\n')}\n`;
  return path;
};

/** The beginning of what a name in the table allows: `#domain/` of `#domain`, `node:` of `node:*`. */
const beginningOf = (name: string): string =>
  name.includes('*') ? name.slice(0, name.indexOf('*')) : `${name}/`;

/** A room may import itself and what its table names; one function never imports another. */
const isAllowed = ({ alias, may }: Room, target: string): boolean =>
  [...(alias === '#functions' ? [] : [alias]), ...may].some(
    (name) => target === name || target.startsWith(beginningOf(name)),
  );

const matrices = ROOMS.map((room) => {
  const targets = [...ALIASES.map((alias) => `${alias}/it.ts`), ...PACKAGES];
  const path = plant(
    room.folder,
    'imports',
    targets.map((target) => `import '${target}';`),
  );
  return {
    title: room.folder,
    path,
    targets,
    may: targets.filter((each) => isAllowed(room, each)),
  };
});

const family = plant(`${DOMAIN}/gates`, 'family', [
  `import './sister.ts';`,
  `import '../parent.ts';`,
  `import './child/it.ts';`,
  `import '#domain/capacity/rules/cousin.ts';`,
]);
const climbing = plant(`${DOMAIN}/gates`, 'climbing', [
  `import '../rules/cousin.ts';`,
  `import '../../time/instant.ts';`,
]);
const forms = plant('shared/app/capacity', 'forms', [
  `import type { A } from '#aws/it.ts';`,
  `export { b } from '#aws/it.ts';`,
  `export type { C } from '#aws/it.ts';`,
  `export const d = (): unknown => import('#aws/it.ts');`,
  `export const e = (it: import('#aws/it.ts').E): A => it;`,
  `import './../../aws/it.ts';`,
  `import './gates/../../aws/it.ts';`,
]);
const left = plant(DOMAIN, 'left', [
  `import { right } from './right.ts';`,
  'export const left = (): number => right();',
]);
plant(DOMAIN, 'right', [
  `import { left } from './left.ts';`,
  'export const right = (): number => left();',
]);
const world = [
  'export const a = Date.now();',
  'export const b = new Date();',
  'export const c = process.argv;',
  `export const d = fetch('http://localhost');`,
  `console.info('e');`,
  'setTimeout(a);',
  'export const g = Math.random();',
  'export const h = performance.now();',
  'export const i = crypto.randomUUID();',
  'export const j = Math.max(1, 2);',
];
const inDomain = plant(DOMAIN, 'world', world);
const inApp = plant('shared/app/lane', 'world', world);
const inSimulator = plant(SIMULATOR, 'world', world);
const inParse = plant('shared/parse', 'world', world);
const environment = ['export const handler = process.env.TABLE_NAME;'];
const inHandler = plant('functions/scale', 'handler', environment);
const inAdapter = plant('shared/aws', 'environment', environment);

const sdk = plant('shared/aws', 'sdk', [
  `import { type SNSClient, PublishCommand } from '@aws-sdk/client-sns';`,
  'export const forgotten = (client: SNSClient): void => {',
  `  client.send(new PublishCommand({ Message: 'forgotten' }));`,
  '};',
  'export const awaited = async (client: SNSClient): Promise<void> => {',
  `  await client.send(new PublishCommand({ Message: 'awaited' }));`,
  '};',
]);
const ports = plant('shared/app/lane', 'ports', [
  `import type { Ports } from './ports-type.ts';`,
  'export const act = (ports: Ports) => async (name: string): Promise<void> => {',
  '  ports.setCapacity(name);',
  '  await ports.setCapacity(name);',
  '  void ports.setCapacity(name);',
  '  [name].map(async (each) => ports.setCapacity(each));',
  '  [name].forEach(async (each) => ports.setCapacity(each));',
  '  if (ports.setCapacity(name)) return;',
  '  await ports.isBusy(name);',
  '};',
]);
plant('shared/app/lane', 'ports-type', [
  'export type Ports = Readonly<{',
  '  setCapacity: (name: string) => Promise<void>;',
  '  isBusy: (name: string) => boolean;',
  '}>;',
]);

const statements = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `export const n${at} = ${at};`);
const longest = plant(DOMAIN, 'longest', statements(250));
const tooLong = plant(DOMAIN, 'too-long', statements(251));
const longestTest = plant('test/domain', 'longest', statements(400));
const tooLongTest = plant('test/domain', 'too-long', statements(401));
const functionWith = (linesInBody: number): string[] => [
  'export const long = (a: number): number => {',
  ...Array.from({ length: linesInBody - 1 }, () => '  a.toFixed();'),
  '  return a;',
  '};',
];
const longestFunction = plant(DOMAIN, 'longest-function', functionWith(60));
const tooLongFunction = plant(DOMAIN, 'too-long-function', functionWith(61));
const testFunction = plant('test/domain', 'too-long-function', functionWith(61));
const parameters = plant(DOMAIN, 'parameters', [
  'export const three = (a: number, b: number, c: number): number => a + b + c;',
  'export const four = (a: number, b: number, c: number, d: number): number => a + b + c + d;',
]);
const badName = plant(DOMAIN, 'badName', ['export const a = 1;']);

const findings = lintPlanted(planted);

const linesOf = (path: string, ...rules: string[]): number[] =>
  findings
    .filter(({ file, rule }) => file === path && rules.includes(rule))
    .map(({ line }) => line)
    .sort((a, b) => a - b);

const rulesIn = (path: string): string[] =>
  findings.filter(({ file }) => file === path).map(({ rule }: Finding) => rule);

describe('imports', () => {
  test.each(matrices)('$title imports what it may, and nothing else', (matrix) => {
    const refused = linesOf(matrix.path, 'noRestrictedImports');
    const passed = matrix.targets.filter((_, at) => !refused.includes(at + 1));

    expect(passed.sort()).toEqual([...matrix.may].sort());
  });

  test('a file names its own folder and the one above by their paths, and the rest of its room by alias', () => {
    expect(linesOf(family, 'noRestrictedImports')).toEqual([]);
    expect(linesOf(climbing, 'noRestrictedImports')).toEqual([1, 2]);
  });

  test('are refused as the table of rooms says: npm run borders has been run', () => {
    expect(readFileSync('biome.borders.json', 'utf8')).toBe(biomeBorders());
  });

  test('no form of import slips through', () => {
    const refused = linesOf(forms, 'noRestrictedImports', 'consistent-type-imports');

    expect(refused).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('a cycle is reported', () => {
    expect(linesOf(left, 'noImportCycles')).toEqual([1]);
  });
});

describe('the world outside', () => {
  const rules = ['noRestrictedGlobals', 'noJsRestrictedProperties'];

  test.each([
    { where: 'the domain', path: inDomain },
    { where: 'a use case', path: inApp },
    { where: 'the pretend AWS', path: inSimulator },
  ])('$where touches neither the clock nor chance, process, network or console', ({ path }) => {
    expect([...new Set(linesOf(path, ...rules))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('a parser may build a Date, but not ask for the time', () => {
    expect([...new Set(linesOf(inParse, ...rules))]).toEqual([1, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('only the handler of a function reads the environment', () => {
    expect(linesOf(inHandler, 'noProcessEnv')).toEqual([]);
    expect(linesOf(inAdapter, 'noProcessEnv')).toEqual([1]);
  });
});

describe('promises', () => {
  test('a call of an AWS client that nobody awaits is reported', () => {
    expect(linesOf(sdk, 'no-floating-promises')).toEqual([3]);
  });

  test('a call of a port that nobody awaits is reported, even when it is hidden', () => {
    expect(linesOf(ports, 'no-floating-promises')).toEqual([3, 5, 6]);
  });

  test('a promise where none is expected is reported, and so is an await of none', () => {
    expect(linesOf(ports, 'no-misused-promises')).toEqual([7, 8]);
    expect(linesOf(ports, 'await-thenable')).toEqual([9]);
  });
});

describe('sizes and names', () => {
  test.each([
    { claim: 'a source has 250 lines', path: longest, rules: [] },
    { claim: 'and not one more', path: tooLong, rules: ['noExcessiveLinesPerFile'] },
    { claim: 'a test has 400 lines', path: longestTest, rules: [] },
    { claim: 'and not one more', path: tooLongTest, rules: ['noExcessiveLinesPerFile'] },
    { claim: 'a function has 60 lines', path: longestFunction, rules: [] },
    { claim: 'and not one more', path: tooLongFunction, rules: ['noExcessiveLinesPerFunction'] },
    { claim: 'but in a test', path: testFunction, rules: [] },
    { claim: 'a file is named in kebab-case', path: badName, rules: ['useFilenamingConvention'] },
  ])('$claim ($path)', ({ path, rules }) => {
    expect(rulesIn(path)).toEqual(rules);
  });

  test('a function takes three parameters, not four', () => {
    expect(linesOf(parameters, 'useMaxParams')).toEqual([2]);
  });
});
