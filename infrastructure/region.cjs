const SAY_REGION =
  'no AWS Region is set, and nothing is deployed to one that nobody chose. Say --region eu-central-1, or export ' +
  'AWS_REGION, or give the profile a Region: aws configure set region eu-central-1';

/**
 * The Region that the AWS profile has, found as the SDK finds it for the `tidegate` command; serverless.yml asks for it when
 * neither --region nor the environment names one.
 */
module.exports = async ({ options }) => {
  const { CloudFormationClient } = require('@aws-sdk/client-cloudformation');
  const profile = options['aws-profile'];
  try {
    return await new CloudFormationClient(profile ? { profile } : {}).config.region();
  } catch (cause) {
    const error = new Error(SAY_REGION, { cause });
    // The Serverless Framework shows the stack: to a person, where this file is says nothing.
    error.stack = SAY_REGION;
    throw error;
  }
};
