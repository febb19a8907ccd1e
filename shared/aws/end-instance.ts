import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { endInstance } from '#aws/auto-scaling/stand-by.ts';
import { clientOptions } from '#aws/client/client-options.ts';

/** The one call with which a drill ends an instance, with the credentials of whoever runs the command. */
export const endInstanceCall = () => endInstance(new AutoScalingClient(clientOptions));
