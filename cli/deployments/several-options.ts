import type { DeploymentOptions } from '#cli/deployment/find-deployment.ts';
import { failure } from '#cli/output/failure.ts';

/** Options of commands that can ask all deployments of a list. */
export type SeveralOptions = DeploymentOptions &
  Readonly<{
    all?: true | undefined;
    deployments?: string | undefined;
    history?: string | undefined;
    watch?: true | undefined;
    out?: string | undefined;
    topic?: string | undefined;
    /** The role of a listed deployment; no option of the command line. */
    role?: string | undefined;
  }>;

/** Throws where a list is named and nobody asks all of it. */
export const refuseListAlone = ({ all, deployments }: SeveralOptions): void => {
  if (all || deployments === undefined) return;
  throw failure('usage', '--deployments names a list, and --all is missing', 'add --all');
};

/** Options that name one deployment; with `--all` the list says these. */
const NAMING = ['config', 'stage', 'service', 'region', 'profile', 'table'] as const;
const ALONE = {
  watch: 'look again by: watch -n 30 tidegate status --all',
  topic: 'the topic of each deployment is found by its stack',
  out: 'write the page of one: tidegate report --out FILE, with --stage, --region and --profile',
} as const;

/** Throws where an option stands beside `--all` that is about one deployment. */
export const refuseOthers = (options: SeveralOptions): void => {
  const naming = NAMING.find((each) => options[each] !== undefined);
  if (naming !== undefined) {
    throw failure(
      'usage',
      `--all asks the deployments of deployments.yml, and --${naming} names one`,
      `leave one of them out; the list has ${naming} as a key of each deployment`,
    );
  }
  for (const [alone, help] of Object.entries(ALONE)) {
    if (options[alone as keyof typeof ALONE] === undefined) continue;
    throw failure('usage', `--${alone} is about one deployment, and --all asks many`, help);
  }
};
