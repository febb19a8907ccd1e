import { ROOMS, type Room } from './rooms.ts';

/** The rules by which Biome refuses an import over a border: for each room all but what it may import. */
const importsOf = ({ folder, alias, may }: Room) => ({
  includes: [`${folder}/**`],
  linter: {
    rules: {
      style: {
        noRestrictedImports: {
          level: 'error',
          options: {
            patterns: [{ group: patternsOf(alias, may), message: messageOf(alias, may) }],
          },
        },
      },
    },
  },
});

/** A file of the own folder or the one above is named by its path, anything else by its alias. */
const patternsOf = (alias: string, may: readonly string[]): readonly string[] => [
  '**',
  '!./**',
  './**/../**',
  '!../*',
  ...(alias === '#functions' ? [] : [`!${alias}/**`]),
  ...may.map((name) => (name.startsWith('#') ? `!${name}/**` : `!${name}`)),
];

const messageOf = (alias: string, may: readonly string[]): string =>
  may.length === 0
    ? `${alias} imports nothing but itself.`
    : `${alias} imports itself, ${may.join(', ')}; all but its own folder by alias.`;

const property = (object: string, name: string, message: string) => ({
  object,
  property: name,
  message,
});

const WORLD = {
  console: 'Give back a value; the caller says it.',
  crypto: 'Randomness arrives as an argument.',
  fetch: 'The world arrives as ports.',
  performance: 'The time arrives as `now`.',
  process: 'The environment is read in functions and cli.',
  setImmediate: "Waiting is the shell's work.",
  setInterval: "Waiting is the shell's work.",
  setTimeout: "Waiting is the shell's work.",
};

/** The rooms in which the clock, chance and the process come in as arguments. */
const purity = (
  includes: readonly string[],
  globals: Readonly<Record<string, string>>,
  ...more: readonly ReturnType<typeof property>[]
) => ({
  includes,
  linter: {
    rules: {
      nursery: {
        noJsRestrictedProperties: {
          level: 'error',
          options: {
            entries: [property('Math', 'random', 'Chance arrives as an argument.'), ...more],
          },
        },
      },
      style: { noRestrictedGlobals: { level: 'error', options: { deniedGlobals: globals } } },
    },
  },
});

/** The text of biome.borders.json. */
export const biomeBorders = (): string => {
  const overrides = [
    ...ROOMS.map(importsOf),
    purity(
      [
        'shared/domain/**',
        'shared/app/**',
        'simulator/**',
        '!simulator/main.ts',
        '!simulator/simulate.ts',
        '!simulator/planted.ts',
        '!simulator/run/worker.ts',
        '!simulator/cost/main.ts',
        '!simulator/quality/main.ts',
        '!simulator/quality/worker.ts',
      ],
      { Date: 'Time is an Instant, and arrives as `now`.', ...WORLD },
    ),
    purity(['shared/parse/**'], WORLD, property('Date', 'now', 'The time arrives as `now`.')),
  ];
  const settings = {
    $schema: './node_modules/@biomejs/biome/configuration_schema.json',
    root: false,
    overrides,
  };
  return `${JSON.stringify(settings, undefined, 1)}\n`;
};
