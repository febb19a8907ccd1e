import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commitOf, describeVersion, readVersion } from '#infrastructure/version.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-version-'));
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    cwd: join(folder, 'clone'),
    encoding: 'utf8',
  }).trim();

beforeAll(() => {
  mkdirSync(join(folder, 'clone/node_modules/tidegate'), { recursive: true });
  writeFileSync(join(folder, 'clone/file'), 'one\n');
  git('init', '--quiet');
  git('add', 'file');
  git('commit', '--quiet', '--message', 'one');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the commit', () => {
  test('of a clone is its last', () => {
    expect(commitOf(join(folder, 'clone'))).toBe(git('rev-parse', '--short=7', 'HEAD'));
  });

  test('says so when a file differs from it', () => {
    writeFileSync(join(folder, 'clone/file'), 'two\n');

    expect(commitOf(join(folder, 'clone'))).toBe(
      `${git('rev-parse', '--short=7', 'HEAD')}.changed`,
    );
  });

  test('of the repository around a package is not that of the package', () => {
    expect(commitOf(join(folder, 'clone/node_modules/tidegate'))).toBeUndefined();
  });

  test('is not known without a repository', () => {
    expect(commitOf(folder)).toBeUndefined();
  });
});

describe('the version', () => {
  test('is that of package.json, here with the commit of the clone', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

    expect(readVersion().version).toBe(version);
  });

  test.each([
    [{ version: '1.2.3', commit: '817e7b4' }, '1.2.3+817e7b4'],
    [{ version: '1.2.3', commit: '817e7b4.changed' }, '1.2.3+817e7b4.changed'],
    [{ version: '1.2.3' }, '1.2.3'],
  ])('%j is told as %s', (version, said) => {
    expect(describeVersion(version)).toBe(said);
  });
});
