import {
  type CloudFormationClient,
  DescribeStacksCommand,
  paginateDescribeStacks,
  type Stack,
  type Tag,
} from '@aws-sdk/client-cloudformation';
import { unlessMissing } from './asking.ts';

/** A stack that Tidegate has made. */
export type Deployment = Readonly<{
  service: string;
  stage: string;
  /** `SERVICE-STAGE`. */
  stack: string;
  region: string;
  account: string;
  /** The version of Tidegate that deployed it; absent for those before there was a tag for it. */
  version?: string;
}>;

/** Finds the deployments of Tidegate in the client's Region, whatever their service is called. */
export const findDeployments = async (
  client: CloudFormationClient,
): Promise<readonly Deployment[]> => {
  const found: Deployment[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    found.push(...Stacks.filter(isOfTidegate).map(deploymentOf));
  }
  return found;
};

/** Finds one deployment by the name of its stack; nothing when there is no such stack. */
export const findDeployment = async (
  client: CloudFormationClient,
  stack: string,
): Promise<Deployment | undefined> => {
  const answer = await unlessMissing([], () =>
    client.send(new DescribeStacksCommand({ StackName: stack })),
  );
  const [found] = answer?.Stacks ?? [];
  return found === undefined ? undefined : deploymentOf(found);
};

/** Only a deployment of Tidegate says where its alarms go. */
const isOfTidegate = ({ Outputs = [], StackStatus }: Stack): boolean =>
  StackStatus !== 'DELETE_COMPLETE' &&
  Outputs.some(({ OutputKey }) => OutputKey === 'AlarmTopicArn');

const deploymentOf = ({ StackName = '', StackId = '', Tags = [] }: Stack): Deployment => {
  const tagged = Tags.find(({ Key }) => Key === 'stage')?.Value;
  const isTagged = tagged !== undefined && StackName.endsWith(`-${tagged}`);
  const stage = isTagged ? tagged : StackName.slice(StackName.indexOf('-') + 1);
  return {
    service: StackName.slice(0, Math.max(0, StackName.length - stage.length - 1)),
    stage,
    stack: StackName,
    ...placeIn(StackId),
    ...versionIn(Tags),
  };
};

/** The version of Tidegate that the tags of a stack name, such as `0.1.0+817e7b4`. */
export const versionIn = (tags: readonly Tag[]): Readonly<{ version?: string }> => {
  const version = tags.find(({ Key }) => Key === 'tidegate:version')?.Value;
  return version === undefined ? {} : { version };
};

/** The Region and the account that an ARN names: `arn:PARTITION:SERVICE:REGION:ACCOUNT:…`. */
export const placeIn = (arn: string): Pick<Deployment, 'region' | 'account'> => {
  const [, , , region = '', account = ''] = arn.split(':');
  return { region, account };
};
