import { parseArgs } from 'node:util';
import { startReport } from './harness/checks.ts';
import type { Stops } from './harness/deployment.ts';
import { endOnSignal } from './harness/end-on-signal.ts';
import { probeOf } from './harness/probe.ts';
import { startSystem } from './harness/system.ts';
import { consolePage } from './scenarios/console.ts';
import { consoleOfDeployment } from './scenarios/deployed-console.ts';
import { doctor } from './scenarios/doctor.ts';
import { fleet } from './scenarios/fleet.ts';
import { healing } from './scenarios/healing.ts';
import { history } from './scenarios/history.ts';
import { lookingBack } from './scenarios/looking-back.ts';
import { memberHealth } from './scenarios/member-health.ts';
import { fleetOf } from './scenarios/members.ts';
import { operator } from './scenarios/operator.ts';
import { others } from './scenarios/others.ts';
import { rules } from './scenarios/rules.ts';
import { scaling } from './scenarios/scaling.ts';
import { consoleOfSeveral } from './scenarios/several-console.ts';
import { severalDeployments } from './scenarios/several-deployments.ts';
import { stackScenarios } from './scenarios/stack.ts';
import { stranger } from './scenarios/stranger.ts';
import { telling } from './scenarios/telling.ts';
import { trouble } from './scenarios/trouble.ts';

/** `--members N`: so many groups of a fleet are made. The more there are, the longer each call waits for moto, and some time out. */
const { values } = parseArgs({ options: { members: { type: 'string', default: '40' } } });

const SCENARIOS = [
  ...stackScenarios,
  ...scaling,
  ...rules,
  ...others,
  ...telling,
  ...trouble,
  ...healing,
  ...operator,
  ...lookingBack,
  ...severalDeployments,
  ...consoleOfDeployment,
  ...doctor,
  ...history,
  ...consolePage,
  ...consoleOfSeveral,
  ...stranger,
  ...fleet,
  ...memberHealth,
  fleetOf(Number(values.members)),
];

/** Things that no emulator of this run can show; docs/testing.md says how each is covered instead. */
const NOT_SHOWN = [
  'moto checks no policy of IAM, KMS, SNS or SQS: permissions are judged on the template',
  'moto publishes nothing when an alarm changes: the harness publishes what CloudWatch would',
  'moto evaluates no alarm from metrics: alarms are set with SetAlarmState',
  'moto takes any capacity: AWS’s refusals come from a proxy, as do unhealthy targets, throttles and instance refreshes',
  'how npx tidegate finds the table and the topic by the stack: moto fails to describe a stack in use',
  'that an instance in Standby leaves its load balancer, or a target group loses its listener: moto keeps both',
  'of the reference fleet: bucket policies, default warm-up, detailed monitoring and IMDSv2, which moto does not keep, and a boot: no instance runs',
  'Lambda itself: the deployed bundles run in worker threads on this Node, with the deployed settings',
  'a minute that passes: the age of a plan in flight is changed in the table instead',
  'the delivery of e-mail: a queue beside the subscription shows what was sent, and SES counts its mails',
  'how Slack, Teams and mail programs show a message: npx tidegate notify --render writes what they get',
];

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const stops: Stops = [];
const stopAll = async (): Promise<void> => {
  for (const stop of stops.splice(0)) await stop();
};
endOnSignal(stopAll);

const report = startReport(print);
const started = performance.now();
const system = await report.scenario('the system', async (check) => {
  let result: Awaited<ReturnType<typeof startSystem>> | undefined;
  await check('an account with fleets, and Tidegate deployed into it', async () => {
    result = await startSystem(stops, print);
    return [...result.gaps].map(([type, count]) => `${count} ${type} filled in`).join(', ');
  });
  return result;
});
if (system) {
  const probe = probeOf(system);
  for (const { name, run } of SCENARIOS) {
    await report.scenario(name, (check) => run(system, probe, check));
  }
}
await stopAll();

print('\nNot shown here:');
for (const line of NOT_SHOWN) print(`- ${line}`);
const { passed, failed } = report.total();
print(`\n${Math.round((performance.now() - started) / 1_000)} s; logs in .tidegate/e2e`);
print(`e2e: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
