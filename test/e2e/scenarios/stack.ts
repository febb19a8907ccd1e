import { same } from '#test/e2e/harness/probe.ts';
import type { CompiledTemplate } from '#test/infrastructure/checks/compiled-template.ts';
import { TEMPLATE_CHECKS } from '#test/infrastructure/checks/template-checks.ts';
import type { Scenario } from './scenario.ts';

const deployed: Scenario = {
  name: 'the deployed stack',
  run: async ({ stack, mappings, lambdas }, _probe, check) => {
    const template = { Resources: stack.resources } as unknown as CompiledTemplate;
    for (const { name, problemsIn } of TEMPLATE_CHECKS) {
      await check(name, async () => same(problemsIn(template), []));
    }
    await check('every queue is read with partial batch responses', async () => {
      same(
        mappings.map(({ batchSize, reportsFailures }) => [batchSize, reportsFailures]),
        mappings.map(() => [10, true]),
      );
    });
    await check('the functions run on nodejs24.x with the code that was deployed', async () => {
      const runtimes = [...lambdas.values()].map((lambda) => lambda.deployed.runtime);
      same(runtimes, ['nodejs24.x', 'nodejs24.x', 'nodejs24.x', 'nodejs24.x']);
    });
  },
};

export const stackScenarios: readonly Scenario[] = [deployed];
