import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lintTemplateIn } from '#test/e2e/harness/cfn-lint.ts';
import { packageInto } from '#test/e2e/harness/deploy.ts';
import { same } from '#test/e2e/harness/probe.ts';
import { WORK_DIRECTORY } from '#test/e2e/harness/work-directory.ts';
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
        mappings.map(({ functionName }) => [functionName === 'sweep' ? 1 : 10, true]),
      );
    });
    await check('the functions run on nodejs24.x with the code that was deployed', async () => {
      const runtimes = [...lambdas.values()].map((lambda) => lambda.deployed.runtime);
      same(runtimes, ['nodejs24.x', 'nodejs24.x', 'nodejs24.x', 'nodejs24.x']);
    });
  },
};

/** All that adds resources or settings to the template, in one file. */
const EVERYTHING = `version: 1
dashboard: on
tracing: xray
events: { bus: operations, hub: arn:aws:events:eu-west-1:111122223333:event-bus/tidegate }
groups:
  web:
    autoScalingGroup: web-prod
    capacity: { min: 2, max: 20 }
    every: 15s
    warmPool: { wake: 40s }
    metrics:
      cpu: { preset: asg-cpu }
      requests:
        preset: alb-requests
        loadBalancer: app/web/50dc6c495c0c9188
        targetGroup: targetgroup/web/73e2d6bc24d8a067
    rules:
      load: { forecast: requests, perInstance: 45rps }
      high: { when: cpu > 80 for 3m, then: add 2 }
      rescue: { when: cpu > 95 for 1m, then: add 4 }
    health:
      targetGroup: targetgroup/web/73e2d6bc24d8a067
      loadBalancer: app/web/50dc6c495c0c9188
      unhealthyFor: 2m
      floor: 50%
fleets:
  cells:
    select: { tags: { tier: cell } }
    capacity: { min: 2, max: 20 }
    metrics: { cpu: { preset: asg-cpu } }
    rules: { high: { when: cpu > 70 for 3m, then: add 2 } }
alerts:
  hot: { group: web, when: cpu > 95 for 5m, severity: critical }
notify:
  channels:
    ops: { slack: ssm:/tidegate/slack-webhook }
    mail: { email: ops@example.com }
    html: { email: ops@example.com, from: tidegate@example.com }
  report: { every: day 07:30, timezone: Europe/Berlin, to: [mail] }
`;

const linted: Scenario = {
  name: 'a template with everything in it',
  run: async ({ motoEndpoint }, _probe, check) => {
    const folder = join(WORK_DIRECTORY, 'everything');
    const configuration = join(WORK_DIRECTORY, 'everything.yml');
    await check(
      'cfn-lint finds nothing in it: dashboard, traces, pool, fleet, report',
      async () => {
        await writeFile(configuration, EVERYTHING);
        await packageInto(folder, motoEndpoint, configuration);
        await lintTemplateIn(folder, 'everything');
      },
    );
  },
};

export const stackScenarios: readonly Scenario[] = [deployed, linted];
