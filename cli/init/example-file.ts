import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '#infrastructure/package-root.ts';

/** The kinds of fleets that there is an example of, and the file in `examples`. */
export const EXAMPLES = {
  web: 'web-behind-load-balancer.yml',
  queue: 'queue-workers.yml',
  api: 'follow-requests.yml',
} as const satisfies Readonly<Record<string, string>>;

export type ExampleKind = keyof typeof EXAMPLES;

/** The line by which editors find the schema, as it is in a folder that has installed the package. */
export const SCHEMA_LINE =
  'yaml-language-server: $schema=./node_modules/tidegate/tidegate.schema.json';

/** An example as a file to begin with. */
export const exampleFile = (kind: ExampleKind, email: string | undefined): string => {
  const text = readFileSync(join(PACKAGE_ROOT, 'examples', EXAMPLES[kind]), 'utf8');
  const [, ...lines] = text.split('\n');
  const body = lines.join('\n');
  return [
    `# ${SCHEMA_LINE}`,
    '#',
    '# An example: put in the names of your own groups, load balancers and addresses, then npx tidegate validate.',
    email === undefined ? body : body.replaceAll(/[\w-]+@example\.com/g, email),
  ].join('\n');
};
