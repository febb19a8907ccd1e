/** The serverless.yml of a folder that has installed Tidegate. */
export const serverlessFile = (region: string | undefined): string =>
  `# npx serverless deploy --stage prod makes everything that tidegate.yml asks for. The plugin brings the functions.
service: tidegate

plugins:
  - tidegate

provider:
  name: aws
${
  region === undefined
    ? '  # None is named here: --region, AWS_REGION or the AWS profile says where it is deployed to.\n'
    : `  region: ${region}\n`
}`;
