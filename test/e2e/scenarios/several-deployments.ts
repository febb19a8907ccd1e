import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FLEETS } from '#test/e2e/fleets.ts';
import { same } from '#test/e2e/harness/probe.ts';
import { tidegateAt } from '#test/e2e/harness/tidegate-command.ts';
import { WORK_DIRECTORY } from '#test/e2e/harness/work-directory.ts';
import type { Scenario } from './scenario.ts';

/** Two Regions of one account; the second one is reached with a role, and nothing is deployed there. */
const list = (table: string): string => `version: 1
deployments:
  here: { region: us-east-1, stage: e2e, table: ${table}, config: tidegate.yml }
  far: { region: eu-west-1, stage: e2e, role: 'arn:aws:iam::123456789012:role/reader', config: tidegate.yml }
`;

type Answer = Readonly<{ name: string; exitCode: number; groups?: unknown[]; error?: object }>;

const several: Scenario = {
  name: 'several deployments',
  run: async ({ proxy, table }, _probe, check) => {
    const file = join(WORK_DIRECTORY, 'deployments.yml');
    const ask = (...words: readonly string[]) =>
      tidegateAt(proxy.endpoint)(...words, '--all', '--deployments', file);

    await check('npx tidegate status --all shows each, and says which gave no answer', async () => {
      await writeFile(file, list(table));
      const said = JSON.parse(await ask('status', '--json'));
      const [here, far] = said.deployments as readonly Answer[];
      same([said.exitCode, here?.exitCode, far?.exitCode], [3, 0, 3]);
      same([here?.groups?.length, far?.groups], [Object.keys(FLEETS).length, undefined]);
      return JSON.stringify(far?.error);
    });
    await check('it took the role of the second one', async () => {
      same(
        proxy.calls.some(({ action }) => action === 'AssumeRole'),
        true,
      );
    });
  },
};

export const severalDeployments: readonly Scenario[] = [several];
