import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Finding, lintPlanted } from './support/lint-planted.ts';

/** Who may import whom: docs/architecture.md draws the same table. */
const BORDERS: Readonly<Record<string, readonly string[]>> = {
  'shared/domain': [],
  'shared/app': ['shared/domain'],
  'shared/parse': [
    'shared/domain',
    '@marcbachmann/cel-js',
    'croner',
    'fastest-levenshtein',
    'yaml',
    'zod',
  ],
  'shared/schedule': ['shared/domain', 'croner'],
  'shared/aws': ['shared/domain', '@aws-sdk/client-dynamodb', '@aws-sdk/client-sns', 'node:crypto'],
  'shared/channels': ['shared/domain', '@aws-sdk/client-sns', '@slack/types', 'node:crypto'],
  'shared/lambda': ['shared/domain', '@aws-lambda-powertools/logger', '@middy/core', 'aws-lambda'],
  'functions/scale': [
    'shared/app',
    'shared/aws',
    'shared/channels',
    'shared/domain',
    'shared/lambda',
    'shared/parse',
    'shared/schedule',
    '@aws-lambda-powertools/logger',
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-sns',
    '@middy/core',
    'aws-lambda',
  ],
  infrastructure: [
    'shared/domain',
    'shared/parse',
    'esbuild',
    'node:crypto',
    'node:fs',
    'node:fs/promises',
    'tsx/esm/api',
  ],
  simulator: [
    'functions/heal',
    'functions/scale',
    'shared/app',
    'shared/aws',
    'shared/channels',
    'shared/domain',
    'shared/lambda',
    'shared/parse',
    'shared/schedule',
    'aws-lambda',
    'node:crypto',
    'node:fs',
    'node:fs/promises',
  ],
  cli: [
    'infrastructure',
    'shared/app',
    'shared/aws',
    'shared/channels',
    'shared/domain',
    'shared/lambda',
    'shared/parse',
    'shared/schedule',
    'simulator',
    '@commander-js/extra-typings',
    'node:crypto',
    'node:fs',
    'node:fs/promises',
    'picocolors',
    'tsx/esm/api',
  ],
};

const FOLDERS = [...Object.keys(BORDERS), 'functions/heal', 'test/support'];
const PACKAGES = [...new Set(Object.values(BORDERS).flat())]
  .filter((name) => !FOLDERS.includes(name))
  .concat('jest', 'osls');

const DOMAIN = 'shared/domain';
const SIMULATOR = 'simulator/services';

const planted: Record<string, string> = {};

/** Plants one file of the given lines and gives back its path. */
const plant = (folder: string, name: string, lines: readonly string[]): string => {
  const path = `${folder}/${name}.ts`;
  planted[path] = `${lines.join('\n')}\n`;
  return path;
};

const specifier = (from: string, target: string): string =>
  FOLDERS.includes(target) ? posix.relative(from, `${target}/it.ts`) : target;

const matrices = Object.entries(BORDERS).flatMap(([home, may]) =>
  [home, `${home}/deeper`]
    .filter((folder) => folder !== 'shared/lambda/deeper' && folder !== 'functions/scale/deeper')
    .map((folder) => {
      const targets = [...FOLDERS.filter((other) => other !== home), ...PACKAGES];
      const path = plant(
        folder,
        'imports',
        targets.map((target) => `import '${specifier(folder, target)}';`),
      );
      return { title: folder, path, targets, may };
    }),
);

const family = plant(`${DOMAIN}/deeper`, 'family', [
  `import './sister.ts';`,
  `import '../parent.ts';`,
  `import './child/it.ts';`,
]);
const forms = plant('shared/app', 'forms', [
  `import type { A } from '../aws/it.ts';`,
  `export { b } from '../aws/it.ts';`,
  `export type { C } from '../aws/it.ts';`,
  `export const d = (): unknown => import('../aws/it.ts');`,
  `export const e = (it: import('../aws/it.ts').E): A => it;`,
  `import './../aws/it.ts';`,
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
const inApp = plant('shared/app', 'world', world);
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
const ports = plant('shared/app', 'ports', [
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
plant('shared/app', 'ports-type', [
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

  test('a folder imports itself, upwards and downwards', () => {
    expect(linesOf(family, 'noRestrictedImports')).toEqual([]);
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
