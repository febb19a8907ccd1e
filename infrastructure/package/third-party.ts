import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '#infrastructure/package-root.ts';

/** A package of somebody else whose code is bundled. */
export type ThirdParty = Readonly<{
  name: string;
  version: string;
  licence: string;
  /** The text of its licence, as it ships it. */
  text: string;
}>;

/** The packages that files of a bundle come from, by name; paths are relative to the root. */
export const packagesIn = (inputs: readonly string[], root: string): readonly ThirdParty[] => {
  const folders = new Set(inputs.flatMap((path) => PACKAGE.exec(path)?.[0] ?? []));
  return [...folders].sort().map((folder) => thirdPartyIn(join(root, folder)));
};

/** The innermost package: `node_modules/@scope/name`, also inside another package. */
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

const thirdPartyIn = (folder: string): ThirdParty => {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = manifest;
  const file = readdirSync(folder).find((each) => /^licen[cs]e(?:[.-]|$)/i.test(each));
  const text = file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').trim();
  return { name, version, licence: license ?? '', text: text ?? usualText(manifest) };
};

type Manifest = Readonly<{
  name: string;
  version: string;
  license?: string;
  author?: string | Readonly<{ name: string }>;
}>;

/** The text for a package that names its licence and ships no text of it. */
const usualText = ({ name, license, author = '' }: Manifest): string => {
  // The text names nobody, so that of another package serves.
  if (license === 'Apache-2.0') return readFileSync(join(PACKAGE_ROOT, APACHE), 'utf8').trim();
  if (license === 'MIT-0') return 'MIT No Attribution: https://opensource.org/license/mit-0';
  if (license === 'MIT') return mitFor(typeof author === 'string' ? author : author.name);
  throw new Error(`${name} is bundled and ships no text of its licence (${license})`);
};

const APACHE = 'node_modules/@aws-sdk/client-sqs/LICENSE';

/** Our own text of the licence, under the name of another. */
const mitFor = (author: string): string =>
  readFileSync(join(PACKAGE_ROOT, 'LICENSE'), 'utf8')
    .trim()
    .replace(/^Copyright .*$/m, `Copyright (c) ${author}`);

/** One text with the licences of all packages; those with the same text stand above it together. */
export const thirdPartyNotice = (packages: readonly ThirdParty[]): string => {
  const texts = [...new Set(packages.map(({ text }) => text))];
  const parts = texts.map((text) => {
    const names = packages
      .filter((each) => each.text === text)
      .map(({ name, version, licence }) => `${name} ${version} (${licence})`);
    return [...names, '', text].join('\n');
  });
  return `${[HEAD, ...parts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
};

const HEAD = `The files in this folder contain code of the packages below, under their licences.
Tidegate itself is under the licence in the file LICENSE.`;
