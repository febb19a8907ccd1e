import { type Channel, isInSecretsManager, parametersOf } from '#domain/configuration/channel.ts';

/** The command that stores the secret of a channel anew. */
export const storeCommand = (channel: Channel): string => {
  const [name = ''] = parametersOf(channel);
  return isInSecretsManager(name)
    ? 'aws secretsmanager put-secret-value'
    : `aws ssm put-parameter --overwrite --type SecureString --name ${name} --value file://FILE`;
};

/** Says what to do when a service knows a webhook no more. */
export const fixWebhook = (channel: Channel): string =>
  `the webhook was revoked, or its channel archived: make a new one, and store it: ${storeCommand(channel)}`;

/** Shows a body that is JSON. */
export const renderJson = (value: unknown): string => JSON.stringify(value, null, 2);
