import { same } from '#test/e2e/harness/probe.ts';
import { FLEET_FAULTS } from './fleet-faults.ts';
import { fillFleetGaps } from './fleet-gaps.ts';
import { deployFleet, examineFleet, FLEET_STACK, lintTemplate } from './fleet-run.ts';
import type { Scenario } from './scenario.ts';

/** Settings that moto drops, so that the doctor finds them missing: warm-up, detailed monitoring, IMDSv2. */
const NOT_KEPT = ['warmup-unset', 'basic-monitoring', 'metadata-open'];

const reference: Scenario = {
  name: 'the reference fleet',
  run: async (system, _probe, check) => {
    await check('cfn-lint finds nothing in its template', () => lintTemplate(system));
    await check('npx serverless deploy deploys it', async () => {
      await deployFleet(system);
      return fillFleetGaps(system, FLEET_STACK);
    });
    for (const group of ['web', 'api', 'admin', 'static']) {
      await check(`doctor finds ${group} sound but for what moto cannot keep`, async () => {
        const findings = await examineFleet(system, group);
        same(
          findings.filter(({ code }) => !NOT_KEPT.includes(code)),
          [],
        );
      });
    }
    for (const { what, code, remedy, plant } of FLEET_FAULTS) {
      await check(`doctor finds it when ${what}`, async () => {
        await plant(system);
        const found = (await examineFleet(system, 'web')).filter((each) => each.code === code);
        same(
          found.some(({ fix }) => remedy.test(fix)),
          true,
        );
        return code;
      });
    }
  },
};

export const fleet: readonly Scenario[] = [reference];
