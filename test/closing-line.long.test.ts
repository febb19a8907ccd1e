import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';

type Step = 'ci' | 'check' | 'test' | 'coverage' | 'long' | 'simulate' | 'e2e';
type Steps = Readonly<Partial<Record<Step, string>>>;

const GREEN: Steps = {
  ci: 'echo added',
  test: "echo 'Tests:       1 skipped, 380 passed, 381 total' >&2",
  coverage: "echo 'Tests:       300 passed, 300 total' >&2",
  long: "echo 'Tests:       20 passed, 20 total' >&2",
  check: "echo 'Checked 800 files'",
  simulate: "echo 'simulate: 30 passed, 0 failed'",
  e2e: "echo 'e2e: 12 passed, 0 failed'",
};

const root = mkdtempSync(join(tmpdir(), 'tidegate-closing-line-'));
mkdirSync(join(root, '.ci'));
cpSync('.ci/run', join(root, '.ci', 'run'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs the real script with an npm that does what `steps` say. */
const runWith = (steps: Steps): { status: number | null; lastLine: string | undefined } => {
  const { ci, check, test: quick, coverage, long, simulate, e2e } = { ...GREEN, ...steps };
  const cases = [
    `ci) ${ci};;`,
    `test) ${quick};;`,
    `'run test:coverage') ${coverage};;`,
    `'run test:long') ${long};;`,
    `'run check:code') ${check};;`,
    `'run simulate -- --seeds 200 --faults all --all-tested') ${simulate};;`,
    `'run e2e') ${e2e};;`,
  ];
  const npm = join(root, 'npm');
  writeFileSync(npm, ['#!/usr/bin/env bash', 'case "$*" in', ...cases, 'esac', ''].join('\n'));
  chmodSync(npm, 0o755);

  const { status, stdout } = spawnSync('bash', ['.ci/run'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${root}${delimiter}${process.env.PATH}` },
  });
  return { status, lastLine: stdout.trimEnd().split('\n').at(-1) };
};

test.each([
  { title: 'counts the tests and the checks of the wire test once', steps: {}, failed: 0 },
  {
    title: 'counts failed tests',
    steps: { test: "echo 'Tests: 2 failed, 378 passed, 380 total'; exit 1" },
    passed: 440,
    failed: 2,
  },
  {
    title: 'counts failed tests that take long',
    steps: { long: "echo 'Tests: 1 failed, 19 passed, 20 total'; exit 1" },
    passed: 441,
    failed: 1,
  },
  {
    title: 'counts as one failure what fails only with coverage',
    steps: { coverage: "echo 'Tests: 3 failed, 297 passed, 300 total'; exit 1" },
    failed: 1,
  },
  {
    title: 'counts failed checks of the wire test',
    steps: { e2e: "echo 'e2e: 9 passed, 3 failed'; exit 1" },
    passed: 439,
    failed: 3,
  },
  {
    title: 'does not pass when only the number says that something failed',
    steps: { e2e: "echo 'e2e: 11 passed, 1 failed'" },
    passed: 441,
    failed: 1,
  },
  { title: 'counts a broken check as one failure', steps: { check: 'exit 2' }, failed: 1 },
  { title: 'counts a crash without a count', steps: { e2e: 'kill -9 $$' }, passed: 430, failed: 1 },
  { title: 'counts a crash after a count', steps: { long: `${GREEN.long}; exit 1` }, failed: 1 },
  { title: 'trusts no silence', steps: { e2e: 'exit 0' }, passed: 430, failed: 1 },
  {
    title: 'counts seeds that broke a promise',
    steps: { simulate: "echo 'simulate: 28 passed, 2 failed'; exit 1" },
    passed: 440,
    failed: 2,
  },
  {
    title: 'counts every step that breaks',
    steps: {
      check: 'exit 1',
      test: 'exit 1',
      coverage: 'exit 1',
      long: 'exit 1',
      simulate: 'exit 1',
      e2e: 'exit 1',
    },
    passed: 0,
    failed: 6,
  },
  {
    title: 'runs nothing after a failed installation, and says so',
    steps: { ci: 'exit 1' },
    passed: 0,
    failed: 1,
  },
])('the closing line $title', ({ steps, passed = 442, failed }) => {
  expect(runWith(steps)).toEqual({
    status: failed === 0 ? 0 : 1,
    lastLine: `${passed} passed, ${failed} failed`,
  });
});

test('the closing line reads counts that are coloured', () => {
  const steps = {
    test: "printf 'Tests: \\033[1m\\033[32m7 passed\\033[39m\\033[22m, 7 total\\n'",
  };

  expect(runWith(steps)).toEqual({ status: 0, lastLine: '69 passed, 0 failed' });
});
