/** The part of a JSON Schema that the schema of tidegate.yml uses. */
export type Schema = Readonly<{
  type?: string;
  description?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: readonly Schema[];
  enum?: readonly string[];
  const?: string | number;
  examples?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
}>;

/** A mapping with keys of its own, where it stands in the file, and the key or preset that marks it among others. */
type Section = Readonly<{ path: string; mark: string; schema: Schema }>;

const HEAD = `# Every key of tidegate.yml

\`npm run reference\` writes this page from the schema; a test holds it current. It lists each key, what it takes and its default.
[Configuration](../configuration.md) explains them, with examples. \`<name>\` is a name of your choice. *Needed* means that a mapping of this kind
must have the key.
`;

/** Writes the page of keys from the JSON Schema of tidegate.yml. */
export const keysPage = (schema: Schema): string => {
  const sections = uniqueSections([...sectionsOf(schema, '')]);
  return [HEAD, ...sections.map((section) => sectionText(section, sections))].join('\n');
};

/** All mappings with keys of their own, outermost first. */
function* sectionsOf(schema: Schema, path: string): Generator<Section> {
  for (const form of schema.anyOf ?? []) yield* sectionsOf(form, path);
  if (schema.properties !== undefined) {
    yield { path, mark: markOf(schema, path), schema };
    for (const [key, child] of Object.entries(schema.properties)) {
      yield* sectionsOf(child, path === '' ? key : `${path}.${key}`);
    }
  }
  if (typeof schema.additionalProperties === 'object') {
    yield* sectionsOf(schema.additionalProperties, `${path}.<name>`);
  }
  if (schema.items !== undefined) yield* sectionsOf(schema.items, `${path}[]`);
}

/** A mapping that stands at several places is written at the first one alone. */
const uniqueSections = (sections: readonly Section[]): readonly Section[] => {
  const first = new Map<string, Section>();
  for (const section of sections) {
    const text = JSON.stringify(section.schema);
    if (!first.has(text)) first.set(text, section);
  }
  return [...first.values()];
};

/** The key that marks one of several forms, or the name of the preset; empty where there is one form. */
const markOf = ({ required = [], properties = {} }: Schema, path: string): string => {
  const preset = properties.preset?.const;
  if (preset !== undefined) return String(preset);
  const isOneOfSeveral = /\.(metrics|rules|channels|uses)\.<name>$/.test(path);
  return isOneOfSeveral ? (required[0] ?? 'schedule') : '';
};

/** The heading; code keeps `<name>` from being read as HTML. */
const titleOf = ({ path, mark }: Pick<Section, 'path' | 'mark'>): string => {
  if (path === '') return 'The file';
  return mark === '' ? `\`${path}\`` : `\`${path}\`: \`${mark}\``;
};

const sectionText = (section: Section, sections: readonly Section[]): string => {
  const { description, properties = {}, required = [] } = section.schema;
  const keys = Object.entries(properties).map(
    ([key, child]) => `- ${entryText(key, child, required.includes(key), sections)}`,
  );
  return [`## ${titleOf(section)}`, '', sentence(description), '', ...keys, ''].join('\n');
};

const entryText = (
  key: string,
  schema: Schema,
  isNeeded: boolean,
  sections: readonly Section[],
): string =>
  [
    `\`${key}\`${isNeeded ? ' (*needed*)' : ''}:`,
    schema.const === undefined ? sentence(schema.description) : '',
    valuesOf(schema),
    defaultOf(schema),
    keysOf(schema, sections),
  ]
    .filter((part) => part !== '')
    .join(' ');

const sentence = (text = ''): string => text.replaceAll('<', '&lt;');

/** The values that a key takes, as far as its description does not say it. */
const valuesOf = (schema: Schema): string => {
  const { description = '', minimum, maximum, examples = [] } = schema;
  const words = schema.enum ?? schema.items?.enum ?? [];
  if (schema.const !== undefined) return `Always \`${schema.const}\`.`;
  if (words.some((word) => !description.includes(word))) {
    return `One of ${words.map((word) => `\`${word}\``).join(', ')}.`;
  }
  const parts = [];
  if (minimum !== undefined && maximum !== undefined && maximum < HIGHEST) {
    parts.push(`From ${minimum} to ${maximum}.`);
  } else if (minimum !== undefined) parts.push(`${minimum} or more.`);
  const [example] = examples;
  if (example !== undefined) parts.push(`Example: \`${String(example)}\`.`);
  return parts.join(' ');
};

/** The highest number that EC2 Auto Scaling takes: it limits nobody. */
const HIGHEST = 2_147_483_647;

/** The default, unless it is an empty mapping or the description has it. */
const defaultOf = ({ default: value, description = '' }: Schema): string =>
  value === undefined || typeof value === 'object' || /default/i.test(description)
    ? ''
    : `Default: \`${value}\`.`;

/** Links to the sections of the mappings that a value may be. */
const keysOf = (schema: Schema, sections: readonly Section[]): string => {
  const within = formsOf(schema).map((form) => JSON.stringify(form));
  const links = sections
    .filter(({ schema: other }) => within.includes(JSON.stringify(other)))
    .map((section) => `[\`${section.mark || section.path}\`](#${anchorOf(titleOf(section))})`);
  return links.length === 0 ? '' : `Keys: ${links.join(', ')}.`;
};

/** The nearest mappings with keys within a value: itself, its forms, or those by name or in a list. */
const formsOf = (schema: Schema): readonly Schema[] => {
  if (schema.properties !== undefined) return [schema];
  const within = [
    ...(schema.anyOf ?? []),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
    ...(schema.items === undefined ? [] : [schema.items]),
  ];
  return within.flatMap(formsOf);
};

/** The anchor of a heading, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
