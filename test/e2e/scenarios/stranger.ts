import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { autoScalingGroupOf } from '#test/e2e/fleets.ts';
import { installedPackage, STRANGER } from '#test/e2e/harness/installed-package.ts';
import { same } from '#test/e2e/harness/probe.ts';
import { until } from '#test/e2e/harness/until.ts';
import type { Scenario } from './scenario.ts';

/** Groups that init reads, of a plain kind and of those with unhealthy targets. */
const READ = ['web', 'idle', 'tracking', 'scheduled', 'healed'] as const;

/** A stranger's way: a folder outside the repository, the tarball, three commands. */
const walk: Scenario = {
  name: 'a folder outside the repository',
  run: async (system, _probe, check) => {
    const installed = await installedPackage(system);
    try {
      await check('npm pack and npm install bring all it takes', () => installed.install());
      await check('npx tidegate init --example web --yes writes the two files', async () => {
        await installed.npx('tidegate', 'init', '--example', 'web', '--yes');
        const text = await readFile(join(installed.folder, 'serverless.yml'), 'utf8');
        if (!text.includes('  region: us-east-1\n')) throw new Error(text);
        await installed.npx('tidegate', 'validate', '--stage', STRANGER);
      });
      await check('npx tidegate init reads the account, and writes rules in shadow', async () => {
        const text = await installed.initFromAccount(READ.map(autoScalingGroupOf));
        const groups = [...text.matchAll(/autoScalingGroup: /g)].length;
        const shadows = [...text.matchAll(/mode: shadow/g)].length;
        same(groups, READ.length);
        if (shadows < groups) throw new Error(text);
        return `${groups} groups, ${shadows} rules`;
      });
      await check('npx serverless deploy deploys them, and tags the stack', async () => {
        await installed.npx('serverless', 'deploy', '--stage', STRANGER);
        const version = await installed.versionTag();
        if (!/^\d+\.\d+\.\d+\+[0-9a-f]{7}/.test(version ?? '')) throw new Error(`${version}`);
        return version;
      });
      await check('an alarm changes the group', async () => {
        await installed.createGroup();
        await installed.start();
        same(await installed.desired(), 4);
        await installed.raise('cpu-critical');
        const isSix = async () => ((await installed.desired()) === 6 ? true : undefined);
        await until('the group has six units', isSix, 20_000);
        return '4 → 6';
      });
    } finally {
      await installed.remove();
    }
  },
};

export const stranger: readonly Scenario[] = [walk];
