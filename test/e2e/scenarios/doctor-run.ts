import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { examine } from '#aws/doctor/examine.ts';
import { type CheckReport, runChecks } from '#domain/doctor/run-checks.ts';
import { parseConfiguration } from '#parse/configuration/parse-configuration.ts';
import { REGION } from '#test/e2e/harness/clients.ts';
import { STACK } from '#test/e2e/harness/deploy.ts';
import type { System } from '#test/e2e/harness/system.ts';
import { WORK_DIRECTORY } from '#test/e2e/harness/work-directory.ts';
import type { FleetName } from '../fleets.ts';

/** The findings of `tidegate doctor --json` in the deployment and in one group. */
export type Found = Readonly<{
  findings: readonly Readonly<{ code: string; message: string }>[];
  sound: number;
}>;

/** Runs the doctor as a person does. */
export const checked = async (
  { tidegate, topicArn }: System,
  fleet: FleetName,
  topic: 'named' | 'missing' = 'named',
): Promise<Found> => {
  // moto cannot describe the outputs of a stack that holds what it does not know.
  const where = ['--stage', 'e2e', ...(topic === 'named' ? ['--topic', topicArn] : [])];
  const { diagnoses } = JSON.parse(await tidegate('doctor', fleet, '--json', ...where));
  return foundIn(diagnoses as readonly CheckReport[]);
};

const foundIn = (reports: readonly CheckReport[]): Found => ({
  findings: reports.flatMap(({ findings }) => findings),
  sound: reports.flatMap(({ sound }) => sound).length,
});

/** The same without a process for each: what it reads goes over the wire all the same. */
export const examined = async ({ proxy, topicArn }: System, fleet: FleetName): Promise<Found> => {
  const file = join(WORK_DIRECTORY, 'tidegate.yml');
  const parsed = parseConfiguration(readFileSync(file, 'utf8'), { file, prefix: STACK });
  if (!parsed.ok) throw new Error(`${file} has mistakes`);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: proxy.endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  const configuration = parsed.value;
  const groups = configuration.groups.filter(({ name }) => name === fleet);
  const reports = runChecks(
    await examine({ stack: STACK, topicArn, configuration, groups, now: Date.now() }),
  );
  return foundIn(reports);
};

export const codesOf = ({ findings }: Found): readonly string[] => [
  ...new Set(findings.map(({ code }) => code)),
];
