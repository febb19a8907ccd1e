/**
 * A room: a folder whose files belong together, and the only things that they may import. `may` names
 * aliases of package.json (`#domain/time`) and packages; the room itself is always allowed.
 */
export type Room = Readonly<{ folder: string; alias: string; may: readonly string[] }>;

const rooms = (
  parent: string,
  table: Readonly<Record<string, readonly string[]>>,
): readonly Room[] =>
  Object.entries(table).map(([name, may]) => ({
    folder: `shared/${parent}/${name}`,
    alias: `#${parent}/${name}`,
    may,
  }));

/** The rooms of the domain, the ground floor first: each imports only from the floors below it. */
const DOMAIN: Readonly<Record<string, readonly string[]>> = {
  time: [],
  basics: [],
  forecast: [],
  configuration: ['#domain/time', '#domain/basics'],
  ledger: ['#domain/configuration', '#domain/time', '#domain/basics'],
  observed: ['#domain/ledger', '#domain/configuration', '#domain/time', '#domain/basics'],
  capacity: [
    '#domain/forecast',
    '#domain/observed',
    '#domain/ledger',
    '#domain/configuration',
    '#domain/time',
    '#domain/basics',
  ],
  health: [
    '#domain/capacity',
    '#domain/observed',
    '#domain/ledger',
    '#domain/configuration',
    '#domain/time',
    '#domain/basics',
  ],
  notify: [
    '#domain/observed',
    '#domain/ledger',
    '#domain/configuration',
    '#domain/time',
    '#domain/basics',
  ],
  status: [
    '#domain/capacity',
    '#domain/health',
    '#domain/notify',
    '#domain/observed',
    '#domain/ledger',
    '#domain/configuration',
    '#domain/time',
    '#domain/basics',
  ],
  lane: [
    '#domain/capacity',
    '#domain/health',
    '#domain/notify',
    '#domain/observed',
    '#domain/ledger',
    '#domain/configuration',
    '#domain/time',
    '#domain/basics',
  ],
  sweep: [
    '#domain/lane',
    '#domain/capacity',
    '#domain/health',
    '#domain/observed',
    '#domain/ledger',
    '#domain/configuration',
    '#domain/time',
    '#domain/basics',
  ],
  report: [
    '#domain/notify',
    '#domain/ledger',
    '#domain/configuration',
    '#domain/time',
    '#domain/basics',
  ],
  history: ['#domain/configuration', '#domain/time', '#domain/basics'],
  lint: ['#domain/capacity', '#domain/configuration', '#domain/time', '#domain/basics'],
  doctor: [
    '#domain/health',
    '#domain/capacity',
    '#domain/observed',
    '#domain/configuration',
    '#domain/time',
    '#domain/basics',
  ],
};

const domainBut = (...names: readonly string[]): readonly string[] =>
  Object.keys(DOMAIN)
    .filter((name) => !names.includes(name))
    .map((name) => `#domain/${name}`);

/** The use cases: capacity never speaks to people, and notify touches no group. */
const APP: Readonly<Record<string, readonly string[]>> = {
  lane: domainBut(),
  capacity: ['#app/lane', ...domainBut('health', 'notify', 'status')],
  health: ['#app/lane', ...domainBut('notify', 'status')],
  notify: ['#app/lane', ...domainBut('capacity', 'health', 'sweep', 'status')],
  sweep: ['#app/lane', ...domainBut('notify', 'status')],
  report: domainBut('capacity', 'health', 'status'),
  status: ['#app/lane', '#app/capacity', '#app/health', ...domainBut('sweep')],
};

const SHARED = ['#domain', '#app', '#parse', '#aws', '#channels', '#lambda', '#schedule'];
const NODE = ['node:*', 'node:*/*'];

const room = (folder: string, ...may: readonly string[]): Room => ({
  folder,
  alias: `#${folder.replace('shared/', '')}`,
  may,
});

/** Every room and what it may import; biome.borders.json is written from here. */
export const ROOMS: readonly Room[] = [
  ...rooms('domain', DOMAIN),
  ...rooms('app', APP),
  room(
    'shared/parse',
    '#domain',
    'zod',
    'zod/mini',
    'yaml',
    'fastest-levenshtein',
    'croner',
    '@marcbachmann/cel-js',
    'node:zlib',
  ),
  room('shared/schedule', '#domain', 'croner'),
  room('shared/aws', '#domain', '@aws-sdk/*', 'node:crypto', 'node:zlib'),
  room(
    'shared/channels',
    '#domain',
    '@aws-sdk/client-sns',
    '@aws-sdk/client-sesv2',
    '@slack/types',
    'node:crypto',
    'node:zlib',
  ),
  room('shared/lambda', '#domain', '@middy/core', '@aws-lambda-powertools/**', 'aws-lambda'),
  room('functions', ...SHARED, '@aws-sdk/*', '@middy/core', 'aws-lambda'),
  room(
    'infrastructure',
    '#domain',
    '#parse',
    '#console/serve',
    '@aws-sdk/client-cloudformation',
    'esbuild',
    'tsx/esm/api',
    ...NODE,
  ),
  room('console/page', '#domain'),
  room('console/view', '#console/page', '#domain', 'preact', 'preact/*', 'uplot'),
  room('console/source', '#console/page', '#domain', '#app/status', '#parse'),
  room('console/override', '#console/page', '#domain', '#parse'),
  room(
    'console/serve',
    '#console/page',
    '#console/source',
    '#domain',
    '#channels',
    'esbuild',
    'zod',
    'zod/mini',
    ...NODE,
  ),
  room('fleet', 'esbuild', ...NODE),
  room(
    'test/drill',
    '#test/e2e',
    '#fleet',
    '#simulator',
    '#domain',
    '@aws-sdk/*',
    '@jest/globals',
    'autocannon',
    'yaml',
    ...NODE,
  ),
  room('simulator', '#functions', '#console', ...SHARED, 'aws-lambda', ...NODE),
  room(
    'cli',
    '#simulator',
    '#console',
    '#infrastructure',
    ...SHARED,
    '@clack/prompts',
    '@commander-js/extra-typings',
    'commander',
    'picocolors',
    'tsx/esm/api',
    'zod',
    'zod/mini',
    ...NODE,
  ),
];
