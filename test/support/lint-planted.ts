import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type Finding = Readonly<{ file: string; line: number; rule: string }>;

const SETTINGS = [
  'biome.json',
  'biome.borders.json',
  '.oxlintrc.json',
  'package.json',
  'tsconfig.json',
];

/**
 * Reports what both linters say about files that stand, by their paths, where such files would stand in
 * this repository. They live in a temporary directory, so that a crash leaves nothing in the tree.
 */
export const lintPlanted = (files: Readonly<Record<string, string>>): readonly Finding[] => {
  const root = mkdtempSync(join(tmpdir(), 'tidegate-planted-'));
  try {
    for (const name of SETTINGS) cpSync(name, join(root, name));
    symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'), 'junction');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const folders = [...new Set(Object.keys(files).map((path) => path.replace(/\/.*/, '')))];
    return [...biome(root), ...oxlint(root, folders)];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};

type BiomeReport = {
  diagnostics: { category: string; location: { path: string; start?: { line: number } } }[];
};

const biome = (root: string): readonly Finding[] => {
  const options = ['--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none'];
  const report: BiomeReport = run(root, '@biomejs/biome/bin/biome', ['lint', ...options, '.']);
  return report.diagnostics.map(({ category, location }) => ({
    file: location.path,
    line: location.start?.line ?? 1,
    rule: category.replace(/^.*\//, ''),
  }));
};

type OxlintReport = {
  diagnostics: { code: string; filename: string; labels: { span: { line: number } }[] }[];
};

const oxlint = (root: string, folders: readonly string[]): readonly Finding[] => {
  const options = ['--type-aware', '--format=json'];
  const report: OxlintReport = run(root, 'oxlint/bin/oxlint', [...options, ...folders]);
  return report.diagnostics.map(({ code, filename, labels }) => ({
    file: filename,
    line: labels[0]?.span.line ?? 1,
    rule: code.replace(/^.*\((.*)\)$/, '$1'),
  }));
};

const run = (root: string, bin: string, args: readonly string[]) => {
  const script = join(process.cwd(), 'node_modules', bin);
  const { stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 60_000,
  });
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Error(`${bin} gave no report: ${stdout}${stderr}`, { cause });
  }
};
