import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { packagesIn, thirdPartyNotice } from '#infrastructure/package/third-party.ts';

const root = mkdtempSync(join(tmpdir(), 'tidegate-third-party-'));
const put = (folder: string, manifest: object, text?: string): void => {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest));
  if (text !== undefined) writeFileSync(join(root, folder, 'LICENSE.md'), text);
};

beforeAll(() => {
  put('node_modules/a', { name: 'a', version: '1.0.0', license: 'ISC' }, 'ISC of a\n');
  put('node_modules/@x/b', { name: '@x/b', version: '2.0.0', license: 'MIT', author: 'Ann' });
  put('node_modules/a/node_modules/c', { name: 'c', version: '3.0.0', license: 'Apache-2.0' });
  put('node_modules/d', { name: 'd', version: '4.0.0', license: 'ISC' }, 'ISC of a\n');
  put('node_modules/e', { name: 'e', version: '5.0.0', license: 'GPL-3.0' });
});
afterAll(() => rmSync(root, { recursive: true }));

const INPUTS = [
  'cli/main.ts',
  'node_modules/a/index.js',
  'node_modules/a/more.js',
  'node_modules/@x/b/lib/b.js',
  'node_modules/a/node_modules/c/c.js',
  'node_modules/d/d.js',
];

describe('what is bundled of others', () => {
  test('is each package once, the innermost, and none of our own files', () => {
    const names = packagesIn(INPUTS, root).map(({ name, version }) => `${name} ${version}`);

    expect(names).toEqual(['@x/b 2.0.0', 'a 1.0.0', 'c 3.0.0', 'd 4.0.0']);
  });

  test('stands in the notice with its licence; a text that several share stands there once', () => {
    const notice = thirdPartyNotice(packagesIn(INPUTS, root));

    expect(notice).toContain('a 1.0.0 (ISC)\nd 4.0.0 (ISC)\n\nISC of a\n');
    expect(notice).toContain('@x/b 2.0.0 (MIT)\n\nMIT License\n\nCopyright (c) Ann\n');
    expect(notice).toMatch(/c 3\.0\.0 \(Apache-2\.0\)\n\nApache License/);
  });

  test('is refused when it ships no text of a licence that asks for one', () => {
    expect(() => packagesIn(['node_modules/e/e.js'], root)).toThrow(
      'e is bundled and ships no text of its licence (GPL-3.0)',
    );
  });
});
