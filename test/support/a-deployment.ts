import type { Deployment } from '#aws/doctor/deployments.ts';
import type { Account } from '#cli/terminal.ts';

/** A stage that is deployed. */
export const aDeployment = (change: Partial<Deployment> = {}): Deployment => {
  const { service = 'tidegate', stage = 'dev' } = change;
  return {
    service,
    stage,
    stack: `${service}-${stage}`,
    region: 'eu-central-1',
    account: '123456789012',
    ...change,
  };
};

/** The line that names it. */
export const PLACE = 'stage dev of tidegate, in eu-central-1, account 123456789012\n';

/** An account in which these are deployed, and which is asked for nothing else. */
export const accountWith = (
  deployments: readonly Deployment[] = [aDeployment()],
  others: Partial<Account> = {},
): Account => ({
  deployments: async () => deployments,
  deployment: async (stack) => deployments.find((each) => each.stack === stack),
  placeOf: async () => ({ region: 'eu-central-1', account: '123456789012' }),
  region: async () => 'eu-central-1',
  topicOf: async () => undefined,
  readSecret: () => Promise.reject(new Error('nobody asked for a secret')),
  mail: () => {
    throw new Error('nobody asked for mail');
  },
  tableOf: async () => undefined,
  overridesIn: () => {
    throw new Error('nobody asked for overrides');
  },
  survey: () => Promise.reject(new Error('nobody asked for a survey')),
  recorder: () => Promise.reject(new Error('nobody asked for a history')),
  readsIn: () => Promise.reject(new Error('nobody asked for reads')),
  drillsOf: () => Promise.reject(new Error('nobody asked for a drill')),
  endInstance: () => Promise.reject(new Error('nobody asked to end an instance')),
  examine: () => Promise.reject(new Error('nobody asked the doctor')),
  ...others,
});
