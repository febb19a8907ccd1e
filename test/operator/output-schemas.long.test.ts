import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMANDS } from '#cli/command-table.ts';
import { COMMANDS_WITH_SCHEMA, outputJsonSchema } from '#cli/schemas/output-schema.ts';
import type { Cloud } from '#simulator/cloud.ts';
import { DAY_START } from '#simulator/day/day.ts';
import { checkOutput } from '#test/cli/check-output.ts';
import { ROOT, runCli } from '#test/cli/run-cli.ts';
import { minutes } from '#test/support/builders.ts';
import { simulatedAccount } from '#test/support/simulated-account.ts';
import { DAY_RULES_TEXT, watchDay } from '#test/support/watched-day.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidegate-schemas-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'tidegate.yml'), DAY_RULES_TEXT);

const MIDNIGHT = DAY_START + minutes(1_440);
let cloud: Cloud;
beforeAll(async () => {
  ({ cloud } = await watchDay());
}, 60_000);

/** Runs a command on the simulated cloud after its day; the run holds the output against the schema. */
const run = async (...args: string[]) => {
  const recorder = async () => ({
    readRanges: async (metrics: readonly unknown[], from: number) =>
      metrics.map(() => new Map([[from, 3]])),
    readLaunchHistory: async () => [],
  });
  const { code, stdout, stderr } = await runCli([...args, '--json'], {
    cwd: folder,
    account: { ...simulatedAccount(cloud, () => MIDNIGHT), recorder },
    now: () => MIDNIGHT,
  });
  return { code, stderr, output: JSON.parse(stdout) };
};

const asFile = (command: string): unknown =>
  JSON.parse(readFileSync(join(ROOT, 'schemas', `${command}.json`), 'utf8'));

describe('the JSON Schemas of --json', () => {
  test('are there for every command', () => {
    const names = COMMANDS.flatMap(({ commands }) => commands.map(({ name }) => name));

    expect(COMMANDS_WITH_SCHEMA.toSorted()).toEqual(names.toSorted());
    expect(readdirSync(join(ROOT, 'schemas')).toSorted()).toEqual(
      names.map((name) => `${name}.json`).toSorted(),
    );
  });

  test.each(COMMANDS_WITH_SCHEMA)(
    'of %s is in schemas; if it is not current, run: npm run schema:outputs',
    async (command) => {
      expect(asFile(command)).toEqual(outputJsonSchema(command));
      const { stdout } = await runCli(['schema', '--output', command]);
      expect(JSON.parse(stdout)).toEqual(asFile(command));
    },
  );

  test('bear fields that they do not know', () => {
    expect(JSON.stringify(outputJsonSchema('status'))).not.toContain(
      '"additionalProperties":false',
    );
  });
});

/** The commands that a simulated day can answer; the tests of the others hold their outputs against the schemas, too. */
test.each([
  [['validate']],
  [['lint']],
  [['schema']],
  [['decide', `${ROOT}examples/record.json`]],
  [['completion', 'bash']],
  [['notify', '--render']],
  [['notify', '--render', '--out', folder]],
  [['status']],
  [['status', 'web']],
  [['history', 'web']],
  [['history', '--changes']],
  [['why', 'web']],
  [['why', 'web', 'last', '--record']],
  [['console', '--since', '1h']],
  [['report', '--since', '1d']],
  [['report', '--since', '1d', '--out', 'report.html']],
  [['pause', 'web', '--for', '1h', '--reason', 'sale']],
  [['overrides']],
  [['status', 'web']],
  [['resume', 'web', '--reason', 'over']],
  [['resume', 'api']],
  [['pin', 'api', '4', '--for', '1h', '--reason', 'sale']],
  [['cap', 'api', '8', '--for', '1h', '--reason', 'sale']],
  [['undo', 'web']],
])('the output of %j on the simulated cloud fits its schema', async (args) => {
  const { output, stderr } = await run(...args);

  expect({ stderr, output }).not.toHaveProperty('output.error');
  expect(output.command).toBe(args[0]);
});

test('replay of what why --record prints fits its schema', async () => {
  const { output } = await run('why', 'web', 'last', '--record');
  writeFileSync(join(folder, 'record.json'), JSON.stringify(output.record));
  const replayed = await run('replay', 'record.json');

  expect(replayed.output).toMatchObject({ command: 'replay', isSame: true });
});

describe('an output that does not fit', () => {
  const output = { schemaVersion: 1, command: 'completion', exitCode: 0, shell: 'sh', script: '' };

  test('is refused where a field is missing, or has another form', () => {
    expect(() => checkOutput(JSON.stringify({ ...output, script: undefined }))).toThrow('not fit');
    expect(() => checkOutput(JSON.stringify({ ...output, exitCode: '0' }))).toThrow('not fit');
  });

  test('is refused where it has a field that the schema does not name', () => {
    expect(() => checkOutput(JSON.stringify({ ...output, more: 1 }))).toThrow('does not know');
    expect(() => checkOutput(JSON.stringify(output))).not.toThrow();
  });
});
